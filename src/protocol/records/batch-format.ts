/** Byte positions inside a record batch of message format v2 (KIP-98), counted from the batch's first byte. */
export const BATCH = {
  baseOffset: 0,
  length: 8,
  partitionLeaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  count: 57,
  records: 61,
} as const;

/** Bytes of the offset and length fields that stand before every batch or old message, and are not counted by the length. */
export const LOG_OVERHEAD = 12;

/** Bits of a batch's attributes. Bits 0 to 2 are the compression type. */
export const ATTRIBUTE = {
  compressionMask: 0x07,
  logAppendTime: 0x08,
  transactional: 0x10,
  control: 0x20,
  /** The base timestamp field holds the delete horizon (KIP-534). */
  deleteHorizon: 0x40,
} as const;

/** One header of a record as callers give it and get it. */
export interface RecordHeader {
  readonly key: string;
  readonly value: Uint8Array | null;
}
