import type { RecordRange } from '../../core/record-formats/record-range.js';

/** A record of its own: parsers use one object, and its buffer, again and again. */
export function copyRecord(record: RecordRange): RecordRange {
  const { source, keyStart, keyEnd, valueStart, valueEnd } = record;
  const key = keyStart < 0 ? undefined : source.subarray(keyStart, keyEnd);
  const value = valueStart < 0 ? undefined : source.subarray(valueStart, valueEnd);
  const keyLength = key?.length ?? 0;
  const bytes = new Uint8Array(keyLength + (value?.length ?? 0));
  if (key !== undefined) bytes.set(key, 0);
  if (value !== undefined) bytes.set(value, keyLength);
  return {
    ...record,
    source: bytes,
    keyStart: key === undefined ? -1 : 0,
    keyEnd: key === undefined ? -1 : keyLength,
    valueStart: value === undefined ? -1 : keyLength,
    valueEnd: value === undefined ? -1 : bytes.length,
  };
}
