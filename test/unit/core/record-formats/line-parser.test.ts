import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLineFormat, type LineFormat } from '../../../../src/core/record-formats/line-format.js';
import { createLineParser } from '../../../../src/core/record-formats/line-parser.js';
import { withConstants } from '../../../../src/core/record-formats/record-constants.js';
import { emptyRecordRange, type RecordRange } from '../../../../src/core/record-formats/record-range.js';
import { contentOf } from './range-content.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function parse(line: string, format: Partial<LineFormat> = {}): RecordRange {
  const record = emptyRecordRange();
  // Bytes around the line show a parser that reads past it.
  const source = Buffer.from(`#\t:,${line}\t:,#`);
  createLineParser({ ...defaultLineFormat, ...format })(source, 4, source.length - 4, record);
  return record;
}

const keyed = { parseKey: true, keySeparator: bytes(':') };
const headed = { parseHeaders: true };

describe('values', () => {
  test('a line is the value, without a key', () => {
    expect(contentOf(parse('a:b'))).toEqual({ key: null, value: 'a:b' });
  });

  test('an empty line is an empty value, not null', () => {
    expect(contentOf(parse(''))).toEqual({ key: null, value: '' });
  });

  test('the null marker alone is null; as a part of a value it is data', () => {
    expect(contentOf(parse('NIL', { nullMarker: bytes('NIL') }))).toEqual({ key: null, value: null });
    expect(contentOf(parse('NILx', { nullMarker: bytes('NIL') }))).toEqual({ key: null, value: 'NILx' });
  });

  test('an empty null marker makes empty values null', () => {
    expect(contentOf(parse('', { nullMarker: bytes('') }))).toEqual({ key: null, value: null });
  });
});

describe('keys', () => {
  test('a line is cut at the first separator only', () => {
    expect(contentOf(parse('a:b:c', keyed))).toEqual({ key: 'a', value: 'b:c' });
  });

  test('an empty key is not null', () => {
    expect(contentOf(parse(':v', keyed))).toEqual({ key: '', value: 'v' });
  });

  test('a separator of several characters is matched as a whole', () => {
    expect(contentOf(parse('a:b::c', { parseKey: true, keySeparator: bytes('::') }))).toEqual({ key: 'a:b', value: 'c' });
  });

  test('a key that is the null marker is null', () => {
    expect(contentOf(parse('NIL:NIL', { ...keyed, nullMarker: bytes('NIL') }))).toEqual({ key: null, value: null });
  });

  test('a line without the separator stops and quotes its start', () => {
    expect(() => parse('abc', keyed)).toThrow("no key separator found in 'abc'");
    expect(() => parse('x'.repeat(100), keyed)).toThrow(`'${'x'.repeat(60)}...'`);
  });

  test('a line without the separator is a value where errors are ignored', () => {
    expect(contentOf(parse('abc', { ...keyed, ignoreErrors: true }))).toEqual({ key: null, value: 'abc' });
  });

  test('key and value together with the separator are the line, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (key, value) => {
        const separator = Uint8Array.of(0xff, 0x00, 0xfe);
        fc.pre(Buffer.concat([key, separator]).indexOf(separator) === key.length);
        const source = Buffer.concat([key, separator, value]);
        const record = emptyRecordRange();
        createLineParser({ ...defaultLineFormat, parseKey: true, keySeparator: separator })(source, 0, source.length, record);
        expect(Buffer.from(source.subarray(record.keyStart, record.keyEnd)).equals(key)).toBe(true);
        expect(Buffer.from(source.subarray(record.valueStart, record.valueEnd)).equals(value)).toBe(true);
      }),
    );
  });
});

describe('headers', () => {
  const headersOf = (record: RecordRange): [string, string | null][] | undefined =>
    record.headers?.map(({ key, value }) => [key, value === null ? null : Buffer.from(value).toString()]);

  test('a line starts with its headers, which keep order and duplicates', () => {
    const record = parse('a:1,b:,a:2\tvalue', headed);
    expect(headersOf(record)).toEqual([
      ['a', '1'],
      ['b', ''],
      ['a', '2'],
    ]);
    expect(contentOf(record)).toEqual({ key: null, value: 'value' });
  });

  test('a key stands between headers and value', () => {
    const record = parse('a:1\tk\tv', { parseHeaders: true, parseKey: true });
    expect(headersOf(record)).toEqual([['a', '1']]);
    expect(contentOf(record)).toEqual({ key: 'k', value: 'v' });
  });

  test('the null marker stands for no headers, or for the null value of one', () => {
    expect(headersOf(parse('NIL\tv', { ...headed, nullMarker: bytes('NIL') }))).toBeUndefined();
    expect(headersOf(parse('a:NIL\tv', { ...headed, nullMarker: bytes('NIL') }))).toEqual([['a', null]]);
  });

  test('separators behind the last header stand for nothing', () => {
    expect(headersOf(parse('a:1,,\tv', headed))).toEqual([['a', '1']]);
    expect(headersOf(parse(',,\tv', headed))).toEqual([]);
  });

  test.each([
    ['value', 'no headers delimiter found'],
    ['a\tvalue', "no separator between key and value in header 'a'"],
    ['a:1,,b:2\tvalue', "no separator between key and value in header ''"],
    ['NIL:1\tvalue', 'the key of a header is the null marker'],
  ])('%j stops the run', (line, message) => {
    expect(() => parse(line, { ...headed, nullMarker: bytes('NIL') })).toThrow(message);
  });

  test('a header without a separator has a null value where errors are ignored', () => {
    expect(headersOf(parse('a\tv', { ...headed, ignoreErrors: true }))).toEqual([['a', null]]);
  });

  test.each([false, true])('an empty list is a record without headers (errors ignored: %s)', (ignoreErrors) => {
    const record = parse('\tk\tv', { parseHeaders: true, parseKey: true, ignoreErrors });
    expect(headersOf(record)).toEqual([]);
    expect(contentOf(record)).toEqual({ key: 'k', value: 'v' });
  });

  test('nothing between two separators is absent where errors are ignored', () => {
    expect(headersOf(parse('a:1,,b\tv', { ...headed, ignoreErrors: true }))).toEqual([
      ['a', '1'],
      ['b', null],
    ]);
  });

  test('headers outlive the buffer they were read from', () => {
    const source = Buffer.from('a:1\tv');
    const record = emptyRecordRange();
    createLineParser({ ...defaultLineFormat, parseHeaders: true })(source, 0, source.length, record);
    source.fill(0);
    expect(headersOf(record)).toEqual([['a', '1']]);
  });

  test('a line without headers does not keep those of the line before', () => {
    const parseLine = createLineParser({ ...defaultLineFormat, parseHeaders: true, ignoreErrors: true });
    const record = emptyRecordRange();
    parseLine(Buffer.from('a:1\tv'), 0, 5, record);
    parseLine(Buffer.from('value'), 0, 5, record);
    expect(record.headers).toBeUndefined();
  });
});

test.each([
  [{ parseHeaders: true, headersDelimiter: bytes(',') }, 'the headers delimiter and the headers separator are the same'],
  [{ parseHeaders: true, headersKeySeparator: bytes(',') }, 'the headers separator and the header key separator are the same'],
  [{ ...keyed, nullMarker: bytes(':') }, 'the null marker and the key separator are the same'],
  [{ parseKey: true, keySeparator: bytes('') }, 'the key separator is empty'],
])('separators that cannot be told apart are refused: %j', (format, message) => {
  expect(() => parse('x', format)).toThrow(expect.objectContaining({ code: 'usage', message }));
});

test('constants are put on every record and win over those of the line', () => {
  const one = { key: 'run', value: bytes('1') };
  const parseLine = withConstants(createLineParser({ ...defaultLineFormat, parseHeaders: true }), {
    headers: [one],
    partition: 4,
    timestamp: 12,
  });
  const record = emptyRecordRange();
  const source = Buffer.from('a:1\tv');
  for (let round = 0; round < 2; round++) parseLine(source, 0, 5, record);
  expect(record.headers?.map(({ key }) => key)).toEqual(['run', 'a']);
  expect(record).toMatchObject({ partition: 4, timestamp: 12 });
});

test('constant headers do not pile up on values', () => {
  const headers = [{ key: 'run', value: null }];
  const parseLine = withConstants(createLineParser(defaultLineFormat), { headers });
  const record = emptyRecordRange();
  for (let round = 0; round < 3; round++) parseLine(Buffer.from('v'), 0, 1, record);
  expect(record.headers).toEqual(headers);
});
