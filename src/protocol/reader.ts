import { ProtocolError } from './protocol-error.js';

/** Reads Kafka's primitive types from one buffer; every read is bounds-checked, so hostile bytes end in a {@link ProtocolError}. */
export class Reader {
  readonly buffer: Buffer;
  offset: number;
  readonly end: number;

  constructor(buffer: Buffer, offset = 0, end: number = buffer.length) {
    this.buffer = buffer;
    this.offset = offset;
    this.end = end;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  /** Moves past `length` bytes and returns where they started. */
  skip(length: number): number {
    const start = this.offset;
    if (length < 0 || length > this.end - start) {
      throw new ProtocolError(`needed ${length} bytes at offset ${start}, found ${this.end - start}`);
    }
    this.offset = start + length;
    return start;
  }

  int8(): number {
    return this.buffer.readInt8(this.skip(1));
  }

  int16(): number {
    return this.buffer.readInt16BE(this.skip(2));
  }

  uint16(): number {
    return this.buffer.readUInt16BE(this.skip(2));
  }

  int32(): number {
    return this.buffer.readInt32BE(this.skip(4));
  }

  uint32(): number {
    return this.buffer.readUInt32BE(this.skip(4));
  }

  int64(): bigint {
    return this.buffer.readBigInt64BE(this.skip(8));
  }

  float64(): number {
    return this.buffer.readDoubleBE(this.skip(8));
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  /** Unsigned varint of at most 32 bits (KIP-482). */
  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.buffer[this.skip(1)] as number; // skip() checked the bound
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (value > 0xffffffff) break;
        return value;
      }
    }
    throw new ProtocolError(`varint longer than 32 bits at offset ${this.offset}`);
  }

  /** A view on the next `length` bytes; shares memory with the frame. */
  bytes(length: number): Buffer {
    const start = this.skip(length);
    return this.buffer.subarray(start, start + length);
  }

  utf8(length: number): string {
    const start = this.skip(length);
    return this.buffer.toString('utf8', start, start + length);
  }
}
