import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteBuffer } from '../../../../src/core/record-formats/byte-buffer.js';
import { parseFormatString } from '../../../../src/core/record-formats/format-string.js';
import { createColumnFormatter, parsePrintColumns, type PrintLayout } from '../../../../src/core/record-formats/print-columns.js';
import { writeRaw, writeTerminalSafe } from '../../../../src/core/record-formats/terminal-text.js';
import type { RecordFormatter } from '../../../../src/core/record-formats/format-json-line.js';
import { recordView, type SimpleRecord } from './record-view-builder.js';

function render(write: RecordFormatter, record: SimpleRecord): string {
  const output = new ByteBuffer(4);
  write(output, recordView(record));
  return Buffer.from(output.view()).toString('utf8');
}

const full: SimpleRecord = {
  partition: 2,
  offset: 77,
  key: 'k',
  value: 'väl',
  headers: [
    { key: 'a', value: Buffer.from('1') },
    { key: 'a', value: null },
  ],
};

describe('format strings', () => {
  test.each([
    ['%t %p %o %k %v %T\\n', 'orders 2 77 k väl 1700000000000\n'],
    ['%s', 'väl'],
    ['%K/%S', '1/4'],
    ['%h', 'a=1,a=NULL'],
    ['100%%\\x41\\t\\\\é', '100%A\t\\é'],
    ['', ''],
  ])('%j', (format, text) => {
    expect(render(parseFormatString(format, writeRaw), full)).toBe(text);
  });

  test('null prints nothing, or the text chosen for it, and has length -1', () => {
    expect(render(parseFormatString('[%k|%v|%K|%S]', writeRaw), { key: null, value: null })).toBe('[||-1|-1]');
    expect(render(parseFormatString('[%k|%v]', writeRaw, 'NIL'), { key: null, value: '' })).toBe('[NIL|]');
  });

  test('a record without a timestamp prints -1', () => {
    expect(render(parseFormatString('%T', writeRaw), { timestampType: 'none', timestamp: -1 })).toBe('-1');
  });

  test.each([
    ['%x', "'%x' is no token"],
    ['50%', "'%' is no token"],
    ['\\q', "'\\q' is no escape"],
    ['\\x1', 'is no escape'],
  ])('%j is refused', (format, message) => {
    expect(() => parseFormatString(format, writeRaw)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => parseFormatString(format, writeRaw)).toThrow(message);
  });
});

describe('columns', () => {
  const layout = (columns: string): PrintLayout => ({
    columns: parsePrintColumns(columns),
    separator: Buffer.from(' | '),
    delimiter: Buffer.from(';\n'),
    nullText: Buffer.from('null'),
    headers: { separator: Buffer.from(','), keySeparator: Buffer.from(':'), nullText: Buffer.from('null') },
  });

  test('columns are printed in the order asked for', () => {
    const text = render(createColumnFormatter(layout('value,key,headers,timestamp,offset,partition,topic'), writeRaw), full);
    expect(text).toBe('väl | k | a:1,a:null | 1700000000000 | 77 | 2 | orders;\n');
  });

  test('a single column has no separator', () => {
    expect(render(createColumnFormatter(layout('value'), writeRaw), { value: null })).toBe('null;\n');
  });

  test.each([['key,what'], [''], ['key,'], ['key,key']])('--print %j is refused', (columns) => {
    expect(() => parsePrintColumns(columns)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

describe('text for a terminal', () => {
  const safe = (value: string | Uint8Array): string => render(parseFormatString('%v', writeTerminalSafe), { value });

  test.each([
    ['plain text, tabs\tand\nlines', 'plain text, tabs\tand\nlines'],
    ['\u001b[31mred\u0007', '\\x1b[31mred\\x07'],
    ['a\rb\u007f', 'a\\x0db\\x7f'],
    ['\u009b2J', '\\u009b2J'],
    ['\u202eabc\u2066', '\\u202eabc\\u2066'],
    ['héllo 😀', 'héllo 😀'],
  ])('%j is shown as %j', (value, shown) => {
    expect(safe(value)).toBe(shown);
  });

  test('bytes that are no text are shown in hexadecimal', () => {
    expect(safe(Buffer.of(0x41, 0xff, 0xc3, 0x28))).toBe('A\\xff\\xc3(');
  });

  test('no control character ever gets through', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (value) => {
        // eslint-disable-next-line no-control-regex -- control characters are the point
        expect(safe(value)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      }),
    );
  });
});

describe('numbers', () => {
  test('integers are written as they print', () => {
    const value = fc.oneof(fc.maxSafeInteger(), fc.nat(), fc.nat(20), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
    fc.assert(
      fc.property(value, (number) => {
        const output = new ByteBuffer(1);
        output.ascii('<');
        output.decimal(number);
        output.ascii('>');
        expect(Buffer.from(output.view()).toString()).toBe(`<${number}>`);
      }),
      { numRuns: 500 },
    );
  });

  test.each([0, 9, 10, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 1e9, 1e9 - 1, 1e15, 999999999999999, Number.MAX_SAFE_INTEGER])(
    '%d',
    (number) => {
      const output = new ByteBuffer(1);
      output.decimal(number);
      expect(Buffer.from(output.view()).toString()).toBe(String(number));
    },
  );
});
