import { describe, expect, test } from 'vitest';
import { readOptions, recordFormat } from '../../../../src/cli/console/consume.js';
import type { ConsumeFlags } from '../../../../src/cli/console/consume-flags.js';
import { ByteBuffer } from '../../../../src/core/record-formats/byte-buffer.js';
import { recordView, type SimpleRecord } from '../../core/record-formats/record-view-builder.js';

const now = Date.UTC(2026, 10, 21, 12);
const usage = expect.objectContaining({ code: 'usage' }) as Error;

describe('where to read', () => {
  test.each<[ConsumeFlags, object]>([
    [{}, { start: { kind: 'latest' }, stop: undefined }],
    [{ exitAtEnd: true }, { start: { kind: 'earliest' }, stop: undefined, exitAtEnd: true }],
    [{ fromBeginning: true }, { start: { kind: 'earliest' }, stop: undefined }],
    [{ tail: 5 }, { start: { kind: 'tail', count: 5n } }],
    [{ fromTime: '-1h' }, { start: { kind: 'time', timestamp: now - 3_600_000 } }],
    [
      { offset: 'end-2', untilOffset: '9' },
      { start: { kind: 'from-end', count: 2n }, stop: { kind: 'offset', offset: 9n } },
    ],
    [{ untilTime: '2026-11-21' }, { stop: { kind: 'time', timestamp: Date.UTC(2026, 10, 21) }, start: { kind: 'earliest' } }],
    [
      { partition: '3,1', maxMessages: 7, idleTimeout: '15s' },
      { partitions: [3, 1], maxMessages: 7, idleTimeoutMs: 15_000 },
    ],
    [{ isolationLevel: 'read_committed' }, { isCommittedOnly: true }],
  ])('%j', (flags, expected) => {
    expect(readOptions(flags, now)).toMatchObject(expected);
  });

  test('a stop in the future is refused', () => {
    expect(() => readOptions({ untilTime: '2027-01-01' }, now)).toThrow(usage);
  });
});

describe('how to print', () => {
  const print = (flags: ConsumeFlags & { output?: 'jsonl' | 'json' }, record: SimpleRecord, isTerminal = false): string => {
    const output = new ByteBuffer();
    recordFormat(flags, isTerminal)(output, recordView(record));
    return Buffer.from(output.view()).toString();
  };

  test('a value on a line, unless asked for more', () => {
    expect(print({}, { key: 'k', value: 'v' })).toBe('v\n');
    expect(print({ print: 'key,value', separator: '\\x3d', delimiter: ';' }, { key: 'k', value: 'v' })).toBe('k=v;');
  });

  test('control characters are escaped on a terminal only, and never those of the format itself', () => {
    const record = { value: '\u001b[2J' };
    expect(print({}, record)).toBe('\u001b[2J\n');
    expect(print({}, record, true)).toBe('\\x1b[2J\n');
    expect(print({ format: '\\x1b%v' }, record, true)).toBe('\u001b\\x1b[2J');
  });

  test('-o json and -o jsonl are both JSON lines', () => {
    expect(print({ output: 'json' }, { value: 'v' })).toBe(print({ output: 'jsonl' }, { value: 'v' }));
  });

  test('flags without effect and unknown outputs are refused', () => {
    expect(() => recordFormat({ output: 'jsonl', nullText: 'x' }, false)).toThrow('--null-text does nothing with -o jsonl');
    expect(() => recordFormat({ output: 'csv' }, false)).toThrow(usage);
  });
});
