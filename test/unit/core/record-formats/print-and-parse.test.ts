import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteBuffer } from '../../../../src/core/record-formats/byte-buffer.js';
import { createJsonLineFormatter } from '../../../../src/core/record-formats/format-json-line.js';
import { defaultLineFormat } from '../../../../src/core/record-formats/line-format.js';
import { createLineParser, type RecordParser } from '../../../../src/core/record-formats/line-parser.js';
import { createJsonLineParser } from '../../../../src/core/record-formats/parse-json-line.js';
import { createColumnFormatter, type PrintColumn } from '../../../../src/core/record-formats/print-columns.js';
import { emptyRecordRange } from '../../../../src/core/record-formats/record-range.js';
import { writeRaw } from '../../../../src/core/record-formats/terminal-text.js';
import { contentOf } from './range-content.js';
import { recordView } from './record-view-builder.js';
import type { RecordFormatter } from '../../../../src/core/record-formats/format-json-line.js';

interface Content {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly { readonly key: string; readonly value: string | null }[];
}

const bytes = (text: string) => new TextEncoder().encode(text);

function print(format: RecordFormatter, { key, value, headers }: Content): Buffer {
  const output = new ByteBuffer(4);
  const pairs = headers.map((header) => ({ key: header.key, value: header.value === null ? null : bytes(header.value) }));
  format(output, recordView({ key, value, headers: pairs }));
  return Buffer.from(output.view());
}

function parse(parser: RecordParser, line: Buffer): Content {
  const record = emptyRecordRange();
  parser(line, 0, line.length, record);
  const headers = (record.headers ?? []).map((header) => ({
    key: header.key,
    value: header.value === null ? null : Buffer.from(header.value).toString(),
  }));
  return { ...contentOf(record), headers };
}

const nil = '∅';
const texts = ['', 'a', 'é b', `${nil}x`];
const maybeNull = [null, ...texts];
const pairs = texts.flatMap((key) => maybeNull.map((value) => ({ key, value })));
const lists = [
  [],
  ...pairs.map((pair) => [pair]),
  [
    { key: '', value: '' },
    { key: 'a', value: null },
    { key: 'a', value: '' },
  ],
  [
    { key: 'b', value: '' },
    { key: '', value: '' },
  ],
];
const contents: Content[] = lists.flatMap((headers) =>
  maybeNull.flatMap((key) => maybeNull.map((value) => ({ key, value, headers }))),
);

interface Separators {
  readonly column: string;
  readonly header: string;
  readonly headerKey: string;
}

const separators: readonly Separators[] = [
  { column: '\t', header: ',', headerKey: ':' },
  { column: '|', header: ';;', headerKey: '=' },
  { column: '||', header: '|', headerKey: '=>' },
  { column: '::', header: '\x01', headerKey: '\x00\x02' },
];

describe('what --print writes is read back', () => {
  const columnSets: PrintColumn[][] = [['headers', 'key', 'value'], ['headers', 'value'], ['key', 'value'], ['value']];

  test.each(columnSets.flatMap((columns) => separators.map((each) => ({ columns, ...each }))))(
    '$columns with $column, $header and $headerKey',
    ({ columns, column, header, headerKey }) => {
      const headers = { separator: bytes(header), keySeparator: bytes(headerKey), nullText: bytes(nil) };
      const layout = { columns, separator: bytes(column), delimiter: bytes(''), nullText: bytes(nil), headers };
      const printer = createColumnFormatter(layout, writeRaw);
      const parser = createLineParser({
        ...defaultLineFormat,
        parseKey: columns.includes('key'),
        parseHeaders: columns.includes('headers'),
        keySeparator: bytes(column),
        headersDelimiter: bytes(column),
        headersSeparator: bytes(header),
        headersKeySeparator: bytes(headerKey),
        nullMarker: bytes(nil),
      });
      for (const content of contents) {
        const kept = {
          key: columns.includes('key') ? content.key : null,
          value: content.value,
          headers: columns.includes('headers') ? content.headers : [],
        };
        expect(parse(parser, print(printer, content))).toEqual(kept);
      }
    },
  );

  test('whatever the texts are that hold no separator', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '\\', '"', 'n') });
    const optional = fc.option(text);
    const content = fc.record({ key: optional, value: optional, headers: fc.array(fc.record({ key: text, value: optional })) });
    const format = { ...defaultLineFormat, parseKey: true, parseHeaders: true, nullMarker: bytes(nil) };
    const headers = { separator: bytes(','), keySeparator: bytes(':'), nullText: bytes(nil) };
    const columns: PrintColumn[] = ['headers', 'key', 'value'];
    const printer = createColumnFormatter(
      { columns, separator: bytes('\t'), delimiter: bytes(''), nullText: bytes(nil), headers },
      writeRaw,
    );
    const parser = createLineParser(format);
    fc.assert(
      fc.property(content, (each) => {
        expect(parse(parser, print(printer, each))).toEqual(each);
      }),
    );
  });
});

test('JSON lines are read back whatever they hold', () => {
  const parser = createJsonLineParser({ usePartitions: false });
  const printer = createJsonLineFormatter();
  for (const content of contents) {
    const line = print(printer, content);
    expect(parse(parser, line.subarray(0, line.length - 1))).toEqual(content);
  }
});
