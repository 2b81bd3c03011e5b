/** A growing buffer that formatters append to; reused from flush to flush. */
export class ByteBuffer {
  bytes: Uint8Array;
  length = 0;
  private readonly initialSize: number;

  constructor(initialSize = 1024) {
    this.initialSize = initialSize;
    this.bytes = new Uint8Array(initialSize);
  }

  /** Makes room for `size` more bytes, so that they can be written straight into `bytes`. */
  reserve(size: number): void {
    if (this.length + size > this.bytes.length) this.grow(this.length + size);
  }

  private grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  /** What was written; shares memory with the buffer. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Empties the buffer, giving back what one huge record made it grow to. */
  clear(): void {
    this.length = 0;
    if (this.bytes.length > this.initialSize * 4) this.bytes = new Uint8Array(this.initialSize);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  all(source: Uint8Array): void {
    this.range(source, 0, source.length);
  }

  range(source: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    const { bytes } = this;
    let at = this.length;
    // Below this a loop beats making a view for set().
    if (end - start < 24)
      for (let index = start; index < end; index++) bytes[at++] = source[index] as number; // inside the source
    else bytes.set(source.subarray(start, end), at);
    this.length += end - start;
  }

  /** Text of ASCII characters only. */
  ascii(text: string): void {
    this.reserve(text.length);
    for (let index = 0; index < text.length; index++) this.bytes[this.length++] = text.charCodeAt(index);
  }

  /** An integer in decimal digits. */
  decimal(value: number | bigint): void {
    if (typeof value !== 'number' || value < 0 || value > Number.MAX_SAFE_INTEGER) return this.ascii(value.toString());
    this.reserve(16);
    let rest = value;
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits++;
    let at = (this.length += digits);
    // Beyond 32 bits a division is done in floating point: take nine digits off at once, then go on with small integers.
    for (; rest > 0x7fffffff;) {
      const high = Math.floor(rest / 1e9);
      at = this.digitsBefore(at, rest - high * 1e9, 9);
      rest = high;
    }
    this.digitsBefore(at, rest, at - (this.length - digits));
  }

  private digitsBefore(end: number, value: number, count: number): number {
    let rest = value | 0;
    let at = end;
    for (let left = count; left > 0; left--) {
      const tenth = (rest / 10) | 0;
      this.bytes[--at] = 0x30 + (rest - tenth * 10);
      rest = tenth;
    }
    return at;
  }
}
