import { ByteBuffer } from './byte-buffer.js';
import { utf8SequenceLength } from './utf8.js';

const quote = 0x22;
const backslash = 0x5c;

const simpleEscapes = new Map([
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [quote, quote],
  [backslash, backslash],
  [0x2f, 0x2f],
]);

/** Bytes that are not the JSON they should be; `at` is the index in the source. */
export class JsonSyntaxError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = 'JsonSyntaxError';
    this.at = at;
  }
}

/**
 * Reads one JSON value from bytes, decoding strings into a buffer of its own instead of into JavaScript strings: what a record
 * holds comes out byte for byte. Strict (RFC 8259).
 */
export class JsonReader {
  private source: Uint8Array = new Uint8Array(0);
  private at = 0;
  private end = 0;
  /** Where strings are decoded to; emptied by `reset`. */
  readonly decoded = new ByteBuffer(4096);

  reset(source: Uint8Array, start: number, end: number): void {
    this.source = source;
    this.at = start;
    this.end = end;
    this.decoded.clear();
  }

  get position(): number {
    return this.at;
  }

  fail(message: string, at = this.at): never {
    throw new JsonSyntaxError(message, at);
  }

  /** The next byte that is no white space, not consumed; -1 at the end. */
  peek(): number {
    for (; this.at < this.end; this.at++) {
      const byte = this.source[this.at] as number; // below the end
      if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return byte;
    }
    return -1;
  }

  /** Consumes `character` when it is next. */
  accept(character: string): boolean {
    if (this.peek() !== character.charCodeAt(0)) return false;
    this.at++;
    return true;
  }

  expect(character: string): void {
    if (!this.accept(character)) this.fail(`'${character}' expected`);
  }

  /** Consumes `null` when it is next. */
  acceptNull(): boolean {
    if (this.peek() !== 0x6e) return false;
    for (const character of 'null') {
      if (this.at >= this.end || this.source[this.at] !== character.charCodeAt(0)) this.fail("'null' expected");
      this.at++;
    }
    return true;
  }

  /** Decodes a string to the end of `decoded` and returns where it starts there. */
  string(): number {
    if (this.peek() !== quote) this.fail('a string expected');
    this.at++;
    const { decoded } = this;
    const start = decoded.length;
    // No escape decodes to more bytes than it takes, so one reservation does for the whole string.
    decoded.reserve(this.end - this.at);
    for (;;) {
      if (this.at >= this.end) this.fail('the string has no end');
      const byte = this.source[this.at] as number; // below the end
      if (byte === quote) break;
      if (byte === backslash) this.escape();
      else if (byte < 0x20) this.fail('a control character in a string');
      else if (byte < 0x80) {
        decoded.bytes[decoded.length++] = byte;
        this.at++;
      } else this.sequence();
    }
    this.at++;
    return start;
  }

  private sequence(): void {
    const length = utf8SequenceLength(this.source, this.at, this.end);
    if (length === 0) this.fail('bytes that are no UTF-8');
    this.decoded.range(this.source, this.at, this.at + length);
    this.at += length;
  }

  private escape(): void {
    const letter = this.at + 1 < this.end ? this.source[this.at + 1] : undefined;
    const simple = letter === undefined ? undefined : simpleEscapes.get(letter);
    if (simple !== undefined) {
      this.decoded.byte(simple);
      this.at += 2;
      return;
    }
    const start = this.at;
    if (letter !== 0x75) this.fail('an unknown escape in a string');
    const unit = this.hexUnit();
    if (unit < 0xd800 || unit > 0xdfff) return this.character(unit);
    const isFollowed = unit < 0xdc00 && this.source[this.at] === backslash && this.source[this.at + 1] === 0x75;
    const low = isFollowed ? this.hexUnit() : 0;
    if (low < 0xdc00 || low > 0xdfff) this.fail('half a surrogate pair, which is no character', start);
    this.character(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
  }

  private hexUnit(): number {
    let unit = 0;
    for (let index = this.at + 2; index < this.at + 6; index++) {
      const digit = index < this.end ? hexDigit(this.source[index] as number) : -1; // below the end
      if (digit < 0) this.fail('four hexadecimal digits expected behind \\u');
      unit = unit * 16 + digit;
    }
    this.at += 6;
    return unit;
  }

  private character(code: number): void {
    const { decoded } = this;
    if (code < 0x80) return decoded.byte(code);
    if (code < 0x800) decoded.byte(0xc0 | (code >> 6));
    else {
      if (code < 0x10000) decoded.byte(0xe0 | (code >> 12));
      else {
        decoded.byte(0xf0 | (code >> 18));
        decoded.byte(0x80 | ((code >> 12) & 0x3f));
      }
      decoded.byte(0x80 | ((code >> 6) & 0x3f));
    }
    decoded.byte(0x80 | (code & 0x3f));
  }

  /** An integer, a bigint where a number would not be exact. */
  integer(): number | bigint {
    this.peek();
    const start = this.at;
    let value = 0;
    let digits = 0;
    const isNegative = this.source[start] === 0x2d && start < this.end;
    if (isNegative) this.at++;
    const first = this.at;
    for (; this.at < this.end; this.at++) {
      const digit = (this.source[this.at] as number) - 0x30; // below the end
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      digits++;
    }
    const next = this.at < this.end ? this.source[this.at] : undefined;
    const goesOn = next === 0x2e || next === 0x65 || next === 0x45;
    const hasLeadingZero = digits > 1 && this.source[first] === 0x30;
    if (digits === 0 || digits > 19 || goesOn || hasLeadingZero) this.fail('an integer expected', start);
    if (Number.isSafeInteger(value)) return isNegative ? 0 - value : value;
    const exact = BigInt(String.fromCharCode(...this.source.subarray(first, this.at)));
    return isNegative ? -exact : exact;
  }
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
