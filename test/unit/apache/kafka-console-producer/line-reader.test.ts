import { expect, test } from 'vitest';
import { parseOptions } from '../../../../src/apache/jopt/parse-options.js';
import { createLineReader } from '../../../../src/apache/kafka-console-producer/line-reader.js';
import { producerOptions } from '../../../../src/apache/kafka-console-producer/producer-options.js';
import { emptyRecordRange } from '../../../../src/core/record-formats/record-range.js';

async function read(line: string, ...properties: string[]): Promise<unknown> {
  const words = properties.flatMap((property) => ['--reader-property', property]);
  const { parse } = await createLineReader(parseOptions(producerOptions, ['--topic', 't', ...words]));
  const source = Buffer.from(line);
  const record = { ...emptyRecordRange(), tag: 2 };
  parse(source, 0, source.length, record);
  const text = (start: number, end: number): string | null => (start < 0 ? null : source.toString('utf8', start, end));
  const headers = record.headers?.map(({ key, value }) => [key, value === null ? null : Buffer.from(value).toString()]);
  return { headers, key: text(record.keyStart, record.keyEnd), value: text(record.valueStart, record.valueEnd) };
}

const both = ['parse.key=true', 'parse.headers= TRUE '];

test('headers, key and value are cut at the first separators', async () => {
  expect(await read('a:1:2,b:\tk\tv\tw', ...both)).toEqual({
    headers: [
      ['a', '1:2'],
      ['b', ''],
    ],
    key: 'k',
    value: 'v\tw',
  });
});

test('with ignore.error what is missing is absent', async () => {
  expect(await read('a,b:1\tv', ...both, 'ignore.error=true')).toEqual({
    headers: [
      ['a', null],
      ['b', '1'],
    ],
    key: null,
    value: 'v',
  });
  expect(await read('v', ...both, 'ignore.error=true')).toEqual({ headers: undefined, key: null, value: 'v' });
});

test('an empty list of headers is a pair without a separator, and with ignore.error a header without a name', async () => {
  await expect(read('\tk\tv', ...both)).rejects.toThrow("No header key separator found in pair '' on line number 2");
  expect(await read('\tk\tv', ...both, 'ignore.error=true')).toEqual({ headers: [['', null]], key: 'k', value: 'v' });
});

test('the null marker stands for null, except in part of a field', async () => {
  expect(await read('N\tN\tN', ...both, 'null.marker=N')).toEqual({ headers: undefined, key: null, value: null });
  expect(await read('h:N\tNx\tN ', ...both, 'null.marker=N')).toEqual({ headers: [['h', null]], key: 'Nx', value: 'N ' });
});

test('the separator of headers is a regular expression', async () => {
  expect(await read('a:1.b:2;;\tv', 'parse.headers=true', 'headers.separator=[.;]')).toMatchObject({
    headers: [
      ['a', '1'],
      ['b', '2'],
    ],
  });
});

test.each([
  ['no key separator', 'bad', ['parse.key=true'], "No key separator found on line number 2: 'bad'"],
  ['no delimiter, before the key is looked for', 'h k', both, "No headers delimiter found on line number 2: 'h k'"],
  ['a key is looked for before headers are read', 'h\tv', both, "No key separator found on line number 2: 'h\tv'"],
  ['a header without value', 'h\tk\tv', both, "No header key separator found in pair 'h' on line number 2"],
  ['an empty list', '\tv', ['parse.headers=true'], "No header key separator found in pair '' on line number 2"],
  [
    'a null header key',
    'N:1\tv',
    ['parse.headers=true', 'null.marker=N'],
    "Header keys should not be equal to the null marker 'N' as they can't be null",
  ],
  [
    'equal separators, even where headers are not read',
    'v',
    ['headers.delimiter=:'],
    'headers.delimiter and headers.key.separator may not be equal',
  ],
  ['a marker that is a separator', 'v', ['null.marker=,'], 'null.marker and headers.separator may not be equal'],
  ['no regular expression', 'v', ['headers.separator=*'], "Dangling meta character '*' near index 0"],
])('%s is refused in the words of Kafka', async (_, line, properties, text) => {
  await expect(read(line, ...properties)).rejects.toThrow(text);
});
