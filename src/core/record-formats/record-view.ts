/** Which clock set a record's timestamp; `none` where it has none. */
export type TimestampType = 'create' | 'append' | 'none';

/**
 * One consumed record as positions in a buffer. A cursor moves the same object from record to record; formatters read it and
 * keep nothing.
 */
export interface RecordView {
  readonly topic: string;
  readonly partition: number;
  readonly source: Uint8Array;
  /** First byte of the key; -1 when the record has no key. */
  readonly keyStart: number;
  readonly keyEnd: number;
  /** First byte of the value; -1 when the value is null. */
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly headerCount: number;
  /** First byte of the encoded headers, behind their count. */
  readonly headersStart: number;
  /** A number while it is exact, a bigint past 2^53. */
  readonly offset: number | bigint;
  /** Milliseconds since the epoch; -1 when there is none. */
  readonly timestamp: number | bigint;
  readonly timestampType: TimestampType;
  /** The record is of message format 0, in which there were no timestamps yet. */
  readonly isTimeless: boolean;
}
