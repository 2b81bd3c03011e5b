import type { RecordRange } from '../../core/record-formats/record-range.js';

// Kafka counts the header of a batch and the most that a record's own fields may take.
const batchOverhead = 61;
const recordOverhead = 21;

/** The bytes that Kafka's producer counts for a record before it sends it: an upper bound of what a batch of it alone takes. */
export function recordSizeBound({ keyStart, keyEnd, valueStart, valueEnd, headers = [] }: RecordRange): number {
  let size = batchOverhead + recordOverhead;
  size += fieldSize(keyStart < 0 ? -1 : keyEnd - keyStart) + fieldSize(valueStart < 0 ? -1 : valueEnd - valueStart);
  size += varintSize(headers.length);
  for (const { key, value } of headers) {
    size += fieldSize(new TextEncoder().encode(key).length) + fieldSize(value === null ? -1 : value.length);
  }
  return size;
}

function fieldSize(length: number): number {
  return length < 0 ? 1 : varintSize(length) + length;
}

/** Of a length in zigzag coding. */
function varintSize(length: number): number {
  let rest = length * 2;
  let size = 1;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
}
