import type { RecordRange } from '../../../../src/core/record-formats/record-range.js';

/** The key and value of a range as text (`null` for null). */
export function contentOf(record: RecordRange): { key: string | null; value: string | null } {
  const text = (start: number, end: number): string | null =>
    start < 0 ? null : Buffer.from(record.source.subarray(start, end)).toString('utf8');
  return { key: text(record.keyStart, record.keyEnd), value: text(record.valueStart, record.valueEnd) };
}

/** The key and value of a range as bytes. */
export function bytesOf(record: RecordRange): { key: number[] | null; value: number[] | null } {
  const bytes = (start: number, end: number): number[] | null => (start < 0 ? null : [...record.source.subarray(start, end)]);
  return { key: bytes(record.keyStart, record.keyEnd), value: bytes(record.valueStart, record.valueEnd) };
}
