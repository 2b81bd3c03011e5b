import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteBuffer } from '../../../../src/core/record-formats/byte-buffer.js';
import { createJsonLineFormatter } from '../../../../src/core/record-formats/format-json-line.js';
import { createJsonLineParser } from '../../../../src/core/record-formats/parse-json-line.js';
import { RecordSyntaxError } from '../../../../src/core/record-formats/record-error.js';
import { emptyRecordRange, type RecordRange } from '../../../../src/core/record-formats/record-range.js';
import { bytesOf, contentOf } from './range-content.js';
import { recordView, type SimpleRecord } from './record-view-builder.js';

function format(...records: SimpleRecord[]): string {
  const output = new ByteBuffer(8);
  const write = createJsonLineFormatter();
  for (const record of records) write(output, recordView(record));
  return Buffer.from(output.view()).toString('utf8');
}

function parse(line: string | Uint8Array, usePartitions = false): RecordRange {
  const record = emptyRecordRange();
  const source = Buffer.from(line);
  createJsonLineParser({ usePartitions })(source, 0, source.length, record);
  return record;
}

describe('formatting', () => {
  test('a record is one line with every member in its place', () => {
    const record = { partition: 3, offset: 42, key: 'k', value: 'v', headers: [{ key: 'h', value: Buffer.from('1') }] };
    expect(format(record)).toBe(
      '{"topic":"orders","partition":3,"offset":42,"timestamp":1700000000000,"timestampType":"CreateTime",' +
        '"key":"k","value":"v","headers":[{"key":"h","value":"1"}]}\n',
    );
  });

  test('null and empty are told apart', () => {
    expect(format({ key: '', value: null })).toContain('"key":"","value":null,"headers":[]');
  });

  test('bytes that are no text stand in a member of another name', () => {
    expect(format({ key: Buffer.of(0xff), value: Buffer.of(0x41, 0xc3) })).toContain('"keyBase64":"/w==","valueBase64":"QcM="');
  });

  test('log-append time and records without a time are named', () => {
    expect(format({ timestampType: 'append' })).toContain('"timestampType":"LogAppendTime"');
    expect(format({ timestampType: 'none', timestamp: -1 })).toContain('"timestamp":null,"timestampType":null');
  });

  test('offsets and timestamps past 2^53 are exact', () => {
    const text = format({ offset: 9007199254740993n, timestamp: 9223372036854775807n });
    expect(text).toContain('"offset":9007199254740993,"timestamp":9223372036854775807,');
  });

  test('control characters never reach the output as they are', () => {
    const value = Buffer.from('\u0000\n\u001b[2J\u007f\u0085"\\');
    expect(format({ value })).toContain(String.raw`"value":"\u0000\n\u001b[2J\u007f\u0085\"\\"`);
  });

  test('the topic is written anew when the partition changes', () => {
    expect(format({ partition: 1 }, { partition: 2 }, { topic: 'b', partition: 2 }).match(/"topic":"\w+","partition":\d/g)).toEqual(
      ['"topic":"orders","partition":1', '"topic":"orders","partition":2', '"topic":"b","partition":2'],
    );
  });

  test('every line is JSON, and text comes out as text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.option(fc.string({ unit: 'grapheme' })), (value, key) => {
        expect(JSON.parse(format({ value, key }))).toMatchObject({ value: Buffer.from(value).toString(), key });
      }),
    );
  });
});

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => Buffer.from(text)),
);

describe('round trip', () => {
  test('any bytes in key, value and headers come back the same', () => {
    const headers = fc.array(fc.record({ key: fc.string({ unit: 'grapheme' }), value: fc.option(anyBytes) }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.option(anyBytes), fc.option(anyBytes), headers, (key, value, given) => {
        const record = parse(format({ key, value, headers: given }));
        expect(bytesOf(record)).toEqual({ key: key && [...key], value: value && [...value] });
        const seen = (record.headers ?? []).map((header) => [header.key, header.value && [...header.value]]);
        expect(seen).toEqual(given.map((header) => [header.key, header.value && [...header.value]]));
      }),
      { numRuns: 400 },
    );
  });

  test('the timestamp comes back; the partition only when asked for', () => {
    const line = format({ value: '', partition: 6, timestamp: 9007199254740993n });
    expect(parse(line)).toMatchObject({ timestamp: 9007199254740993n, partition: undefined });
    expect(parse(line, true).partition).toBe(6);
  });
});

describe('times before 1970, and none', () => {
  test.each([-5, -2, -62_135_596_800_000, 0, -9223372036854775808n, 9223372036854775807n])('%s comes back', (timestamp) => {
    expect(parse(format({ value: '', timestamp }))).toMatchObject({ timestamp });
  });

  test('a record without a time comes back without one, and is not given the time of writing', () => {
    expect(parse(format({ value: '', timestamp: -1, timestampType: 'none' })).timestamp).toBe(-1);
    expect(parse('{"value":"","timestamp":-1}').timestamp).toBe(-1);
    expect(parse('{"value":"","timestampType":null,"timestamp":null}').timestamp).toBe(-1);
  });

  test.each(['{"value":""}', '{"value":"","timestamp":null}', '{"value":"","timestamp":null,"timestampType":"CreateTime"}'])(
    '%s says nothing of a time, and is given one',
    (line) => {
      expect(parse(line).timestamp).toBeUndefined();
    },
  );

  test('a time counts whatever its type', () => {
    expect(parse('{"value":"","timestamp":7,"timestampType":null}').timestamp).toBe(7);
  });
});

describe('parsing', () => {
  test('what JSON.stringify writes is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (value, indented) => {
        expect(contentOf(parse(JSON.stringify({ value }, null, indented ? 2 : 0)))).toEqual({
          key: null,
          value,
        });
      }),
    );
  });

  test('escapes are decoded, surrogate pairs included', () => {
    expect(contentOf(parse(String.raw`{"value":"\u0041\/\b\f\n\r\t\"\\\ud83d\ude00\u00e9\u20ac"}`)).value).toBe(
      'A/\b\f\n\r\t"\\😀é€',
    );
  });

  test('members may come in any order', () => {
    expect(contentOf(parse('{"headers":null,"value":"v","offset":3,"key":"k","topic":"x","timestampType":null}'))).toEqual({
      key: 'k',
      value: 'v',
    });
  });

  test.each([
    ['', "'{' expected"],
    ['[]', "'{' expected"],
    ['{}', 'the record has no value'],
    ['{"key":"a"}', 'the record has no value'],
    ['{"value":"a"', "'}' expected"],
    ['{"value":"a"} x', 'more text behind the record'],
    ['{"value":"a","value":"b"}', 'the value is given twice'],
    ['{"value":"a","valueBase64":""}', 'the value is given twice'],
    ['{"valeu":"a"}', "unknown member 'valeu'"],
    ['{"value":1}', 'a string expected'],
    ['{"value":nul}', "'null' expected"],
    ['{"value":"a', 'the string has no end'],
    ['{"value":"\\q"}', 'an unknown escape'],
    ['{"value":"\\ud800"}', 'half a surrogate pair'],
    ['{"value":"\\udc00\\ud800"}', 'half a surrogate pair'],
    ['{"value":"\\u12g4"}', 'four hexadecimal digits'],
    ['{"value":"\u0001"}', 'a control character'],
    ['{"valueBase64":"a"}', 'no base64'],
    ['{"valueBase64":"/x=="}', 'no base64'],
    ['{"valueBase64":"_w=="}', 'no base64'],
    ['{"value":"","timestamp":1.5}', 'an integer expected'],
    ['{"value":"","timestamp":1e3}', 'an integer expected'],
    ['{"value":"","timestamp":01}', 'an integer expected'],
    ['{"value":"","timestamp":-9223372036854775809}', 'no number of milliseconds'],
    ['{"value":"","timestamp":9223372036854775808}', 'no number of milliseconds'],
    ['{"value":"","partition":-1}', 'no partition number'],
    ['{"value":"","headers":[{"key":"a"}]}', 'a header without a value'],
    ['{"value":"","headers":[{"value":"a"}]}', 'a header without a key'],
    ['{"value":"","headers":[{"keyBase64":"/w==","value":"a"}]}', 'no UTF-8 text'],
  ])('%j is refused: %s', (line, problem) => {
    expect(() => parse(line)).toThrow(RecordSyntaxError);
    expect(() => parse(line)).toThrow(/^byte \d+: /);
    expect(() => parse(line)).toThrow(problem);
  });

  test('bytes that are no UTF-8 are refused, not replaced', () => {
    expect(() => parse(Buffer.concat([Buffer.from('{"value":"'), Buffer.of(0xc3), Buffer.from('"}')]))).toThrow('no UTF-8');
  });

  test('random bytes are a record or an error of the input, never anything else', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', 'null', '1', '\\u00', 'value', 'headers', ' ', '\\');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        try {
          parse(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(RecordSyntaxError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
