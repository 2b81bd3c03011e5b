import { copyWords, longestByWords, wordView, type WordView } from '../copy-words.js';

const noSource = wordView(new Uint8Array(0));

/** A growing buffer that formatters append to; reused from flush to flush. */
export class ByteBuffer implements WordView {
  bytes: Uint8Array;
  /** `bytes` as words. */
  words: DataView;
  length = 0;
  private readonly initialSize: number;
  /** The last source as words, since many records come from the same. */
  private source: WordView = noSource;

  constructor(initialSize = 1024) {
    this.initialSize = initialSize;
    this.bytes = new Uint8Array(initialSize);
    this.words = wordView(this.bytes).words;
  }

  /** Makes room for `size` more bytes, so that they can be written straight into `bytes`. */
  reserve(size: number): void {
    if (this.length + size > this.bytes.length) this.grow(this.length + size);
  }

  private grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
    this.words = wordView(larger).words;
  }

  /** What was written; shares memory with the buffer. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Empties the buffer, giving back what one huge record made it grow to. */
  clear(): void {
    this.length = 0;
    this.source = noSource;
    if (this.bytes.length <= this.initialSize * 4) return;
    this.bytes = new Uint8Array(this.initialSize);
    this.words = wordView(this.bytes).words;
  }

  /** A source as words. */
  wordsOf(source: Uint8Array): DataView {
    return this.viewOf(source).words;
  }

  private viewOf(source: Uint8Array): WordView {
    if (source !== this.source.bytes) this.source = wordView(source);
    return this.source;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** A short text that stands between the parts of records. */
  all(source: Uint8Array): void {
    const { length } = source;
    // Not through words: the record's own would be forgotten.
    if (length > longestByWords) return this.range(source, 0, length);
    this.reserve(length);
    const { bytes } = this;
    let at = this.length;
    for (let index = 0; index < length; index++) bytes[at++] = source[index] as number; // inside the source
    this.length = at;
  }

  range(source: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.reserve(length);
    if (length > longestByWords) this.bytes.set(new Uint8Array(source.buffer, source.byteOffset + start, length), this.length);
    else copyWords(this.viewOf(source), start, end, this, this.length);
    this.length += length;
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
