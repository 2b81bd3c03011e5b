import { UnpackedTooLargeError } from '../protocol-error.js';

/** Output of a decompressor that does not know its size beforehand: grows by doubling, never past a limit. */
export class ByteSink {
  bytes: Uint8Array;
  length = 0;
  private readonly limit: number;
  private readonly codec: string;

  /** @param codec names in errors what is unpacked */
  constructor(expected: number, limit: number, codec: string) {
    this.limit = limit;
    this.codec = codec;
    this.bytes = Buffer.allocUnsafeSlow(Math.min(expected, limit));
  }

  /**
   * Makes room for `size` more bytes.
   *
   * @throws UnpackedTooLargeError when they would pass the limit
   */
  reserve(size: number): void {
    const needed = this.length + size;
    if (needed <= this.bytes.length) return;
    if (needed > this.limit) throw new UnpackedTooLargeError(this.codec, this.limit);
    const larger = Buffer.allocUnsafeSlow(Math.min(this.limit, Math.max(needed, this.bytes.length * 2)));
    larger.set(this.finish());
    this.bytes = larger;
  }

  /** Appends a copy of `chunk`. */
  push(chunk: Uint8Array): void {
    this.reserve(chunk.length);
    this.bytes.set(chunk, this.length);
    this.length += chunk.length;
  }

  /** What was written so far. */
  finish(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}
