import { ProtocolError } from '../protocol-error.js';

/** Reads zigzag varints in place; the base of the classes that walk records. */
export class VarintReader {
  /** The memory that positions count in. */
  buffer: Buffer = Buffer.alloc(0);
  protected position = 0;
  protected limit = 0;

  protected view(buffer: Buffer, start: number, end: number): void {
    this.buffer = buffer;
    this.position = start;
    this.limit = end;
  }

  /** A signed 32-bit zigzag varint. */
  protected varint(): number {
    if (this.position < this.limit) {
      const byte = this.buffer[this.position] as number; // within the limit
      if (byte < 0x80) {
        this.position++;
        return (byte >>> 1) ^ -(byte & 1);
      }
    }
    return this.longVarint();
  }

  /** A signed 64-bit zigzag varlong as a number, rounded when past 2^53. */
  protected varlong(): number {
    if (this.position < this.limit) {
      const byte = this.buffer[this.position] as number; // within the limit
      if (byte < 0x80) {
        this.position++;
        return (byte >>> 1) ^ -(byte & 1);
      }
    }
    return this.longVarlong();
  }

  /** The varlong at `at`, exactly. It has been read once, so it is known to end. */
  protected varlongAt(at: number): bigint {
    let value = 0n;
    let position = at;
    let byte;
    for (let shift = 0n; ; shift += 7n) {
      byte = this.buffer[position++] as number;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    value = BigInt.asUintN(64, value);
    return (value >> 1n) ^ -(value & 1n);
  }

  private longVarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    throw new ProtocolError(`varint longer than 5 bytes at byte ${this.position}`);
  }

  private longVarlong(): number {
    const start = this.position;
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count++) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (byte < 0x80) return value > Number.MAX_SAFE_INTEGER ? Number(this.varlongAt(start)) : unzigzag(value);
    }
    throw new ProtocolError(`varlong longer than 10 bytes at byte ${this.position}`);
  }

  private byte(): number {
    if (this.position >= this.limit) throw new ProtocolError(`a varint runs past the end at byte ${this.position}`);
    return this.buffer[this.position++] as number; // within the limit
  }
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
