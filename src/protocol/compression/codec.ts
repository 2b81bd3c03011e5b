/** Compression of a record batch, by the names Kafka's `compression.type` uses. */
export type CompressionType = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

/** The names by their number in a batch's attributes. */
export const COMPRESSION_TYPES: readonly CompressionType[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

/** One loaded compression codec. It keeps no state between calls, so one instance serves every batch. */
export interface Codec {
  readonly type: Exclude<CompressionType, 'none'>;
  /** The compressed form of `input`, as Kafka's own readers expect it. Never shares memory with `input`. */
  compress(input: Uint8Array): Uint8Array;
  /**
   * The plain form of `input`, at most `limit` bytes.
   *
   * @throws ProtocolError when the bytes are corrupt, UnpackedTooLargeError when they hold more than `limit` bytes
   */
  decompress(input: Uint8Array, limit: number): Uint8Array;
}
