/** Writes Kafka's primitive types into one growing buffer. */
export class Writer {
  private buffer: Buffer;
  private length = 0;

  constructor(initialSize = 512) {
    this.buffer = Buffer.allocUnsafe(initialSize);
  }

  /** The bytes written so far; shares memory with the writer. */
  finish(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  private reserve(size: number): number {
    const start = this.length;
    const needed = start + size;
    if (needed > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
      this.buffer.copy(larger, 0, 0, start);
      this.buffer = larger;
    }
    this.length = needed;
    return start;
  }

  int8(value: number): void {
    const at = this.reserve(1);
    this.buffer.writeInt8(value, at);
  }

  int16(value: number): void {
    const at = this.reserve(2);
    this.buffer.writeInt16BE(value, at);
  }

  uint16(value: number): void {
    const at = this.reserve(2);
    this.buffer.writeUInt16BE(value, at);
  }

  int32(value: number): void {
    const at = this.reserve(4);
    this.buffer.writeInt32BE(value, at);
  }

  uint32(value: number): void {
    const at = this.reserve(4);
    this.buffer.writeUInt32BE(value, at);
  }

  int64(value: bigint): void {
    const at = this.reserve(8);
    this.buffer.writeBigInt64BE(value, at);
  }

  float64(value: number): void {
    const at = this.reserve(8);
    this.buffer.writeDoubleBE(value, at);
  }

  boolean(value: boolean): void {
    this.int8(value ? 1 : 0);
  }

  /** Unsigned varint of at most 32 bits (KIP-482). */
  uvarint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      const at = this.reserve(1);
      this.buffer[at] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    const at = this.reserve(1);
    this.buffer[at] = rest;
  }

  bytes(value: Uint8Array): void {
    const at = this.reserve(value.length);
    this.buffer.set(value, at);
  }
}
