import { BATCH, type RecordHeader } from './batch-format.js';
import { sizeOfVarint } from './varint.js';

/** The most a record takes beside its key, value and headers: length, attributes, timestamp delta and offset delta. */
const LARGEST_OVERHEAD = 21;

/** Bytes of a nullable field with its length; a length of -1 stands for null. */
export function sizeOfField(length: number): number {
  return length < 0 ? 1 : sizeOfVarint(length) + length;
}

/** Bytes of the header section of a record, its count included. */
export function sizeOfHeaders(headers: readonly RecordHeader[]): number {
  let size = sizeOfVarint(headers.length);
  for (const header of headers) {
    size += sizeOfField(Buffer.byteLength(header.key)) + sizeOfField(header.value === null ? -1 : header.value.length);
  }
  return size;
}

/** Exact bytes of a batch that holds only this record; key and value by length, -1 for null. */
export function sizeOfSingleRecordBatch(keyLength: number, valueLength: number, headers: readonly RecordHeader[]): number {
  const body = 3 + sizeOfField(keyLength) + sizeOfField(valueLength) + sizeOfHeaders(headers);
  return BATCH.records + sizeOfVarint(body) + body;
}

/** Upper bound of the bytes of a batch that holds only this record: the number that Java's producer holds against `max.request.size`. */
export function upperBoundOfSingleRecordBatch(keyLength: number, valueLength: number, headers: readonly RecordHeader[]): number {
  return BATCH.records + LARGEST_OVERHEAD + sizeOfField(keyLength) + sizeOfField(valueLength) + sizeOfHeaders(headers);
}
