/** One record header; its key is text by protocol, its value any bytes. */
export interface RecordHeader {
  readonly key: string;
  /** `null` is a header without a value, which is not the same as an empty one. */
  readonly value: Uint8Array | null;
}

/**
 * One record to produce, as positions in a buffer. Parsers fill the same object again and again, so that reading a line
 * allocates nothing; who keeps a record copies its bytes.
 */
export interface RecordRange {
  source: Uint8Array;
  /** First byte of the key; -1 when the record has no key. */
  keyStart: number;
  keyEnd: number;
  /** First byte of the value; -1 when the value is null (a tombstone). */
  valueStart: number;
  valueEnd: number;
  headers: readonly RecordHeader[] | undefined;
  /** Milliseconds since the epoch; `undefined` lets the producer stamp the record. */
  timestamp: number | bigint | undefined;
  /** `undefined` lets the partitioner choose. */
  partition: number | undefined;
  /** The caller's own number for the record (its line), given back in error reports. */
  tag: number;
}

/** A record without key, value and anything else, ready to be filled. */
export function emptyRecordRange(): RecordRange {
  return {
    source: new Uint8Array(0),
    keyStart: -1,
    keyEnd: -1,
    valueStart: -1,
    valueEnd: -1,
    headers: undefined,
    timestamp: undefined,
    partition: undefined,
    tag: 0,
  };
}
