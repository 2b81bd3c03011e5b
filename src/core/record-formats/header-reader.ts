/**
 * Calls `each` for the headers of a record, as positions in its buffer: the key's, then the value's (start -1 for null).
 * `source` holds them as the record batch format (v2) codes them, lengths as zigzag varints.
 *
 * @throws RangeError where the bytes end in the middle of a header
 */
export function forEachHeader(
  source: Uint8Array,
  start: number,
  count: number,
  each: (keyStart: number, keyEnd: number, valueStart: number, valueEnd: number) => void,
): void {
  const cursor: Cursor = { source, at: start };
  for (let left = count; left > 0; left--) {
    const keyEnd = readVarint(cursor) + cursor.at;
    const keyStart = cursor.at;
    cursor.at = keyEnd;
    const length = readVarint(cursor);
    const valueStart = cursor.at;
    if (length > 0) cursor.at += length;
    if (keyEnd < keyStart || cursor.at > source.length) throw new RangeError('a header is longer than its record');
    each(keyStart, keyEnd, length < 0 ? -1 : valueStart, length < 0 ? -1 : valueStart + length);
  }
}

interface Cursor {
  readonly source: Uint8Array;
  at: number;
}

function readVarint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = cursor.source[cursor.at++];
    if (byte === undefined) break;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
  }
  throw new RangeError('a header ends in the middle of a length');
}
