import type { LineSpan } from '../../core/record-formats/line-span.js';

/**
 * Cuts a stream of chunks into lines without making an object for any of them: after `next`, the line is
 * `source[start, end)`, which lies in the chunk itself, or in a buffer of the cutter's own where the line spans several.
 */
export class LineCutter {
  source: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  private readonly delimiter: Buffer;
  /** The delimiter as a single byte, which is found faster. */
  private readonly byte: number;
  private position = 0;
  private limit = 0;
  /** The beginning of a line whose end has not come yet. */
  private pending: Buffer = Buffer.alloc(0);
  private pendingLength = 0;
  /** How far the open line was searched already, so that a long line is not searched again with every chunk. */
  private searched = 0;
  /** What follows the line that was completed in `pending`. */
  private following: Buffer | undefined;
  private isFinished = false;

  constructor(delimiter: Uint8Array) {
    if (delimiter.length === 0) throw new RangeError('a line delimiter has at least one byte');
    this.delimiter = Buffer.from(delimiter);
    this.byte = delimiter.length === 1 ? (delimiter[0] as number) : -1; // it has one byte
  }

  /** Bytes of the line whose end has not come yet. */
  get openLength(): number {
    return this.pendingLength;
  }

  /** Gives the next chunk; `next` has answered `false` before. */
  feed(chunk: Buffer): void {
    if (this.pendingLength === 0) return this.view(chunk, 0, chunk.length);
    // Only the open line is copied, up to its end; the rest is read where it is.
    const found = this.byte >= 0 ? chunk.indexOf(this.byte) : -1;
    const rest = found < 0 ? chunk.length : found + 1;
    this.append(chunk.subarray(0, rest));
    this.following = rest < chunk.length ? chunk.subarray(rest) : undefined;
    this.view(this.pending, 0, this.pendingLength);
    this.pendingLength = 0;
  }

  /** Says that no more comes: bytes behind the last delimiter are one more line. */
  finish(): void {
    this.view(this.pending, 0, this.pendingLength);
    this.pendingLength = 0;
    this.isFinished = true;
  }

  /**
   * The lines not read yet, the first of them numbered `tag`, for a reader that takes many at a time and gives what is left to {@link skip}.
   * `undefined` for a delimiter of several bytes, and while a line is open that was searched before.
   */
  rest(tag: number): LineSpan | undefined {
    if (this.byte < 0 || this.searched > 0) return undefined;
    return { source: this.source, start: this.position, limit: this.limit, delimiter: this.byte, tag };
  }

  /** Goes on behind the lines that were taken. */
  skip({ start }: LineSpan): void {
    this.position = start;
  }

  /** Moves to the next line, or answers `false` when more bytes are needed. */
  next(): boolean {
    const from = Math.max(this.position, this.searched);
    this.searched = 0;
    const found = this.byte >= 0 ? this.source.indexOf(this.byte, from) : this.source.indexOf(this.delimiter, from);
    if (found < 0 || found + this.delimiter.length > this.limit) return this.keepRest();
    this.start = this.position;
    this.end = found;
    this.position = found + this.delimiter.length;
    return true;
  }

  private view(source: Buffer, start: number, limit: number): void {
    this.source = source;
    this.position = start;
    this.limit = limit;
  }

  private keepRest(): boolean {
    const length = this.limit - this.position;
    if (this.following !== undefined) {
      this.view(this.following, 0, this.following.length);
      this.following = undefined;
      return this.next();
    }
    if (this.isFinished) {
      this.start = this.position;
      this.end = this.limit;
      this.position = this.limit;
      return length > 0;
    }
    if (length === 0) return false;
    if (this.source === this.pending) this.pending.copyWithin(0, this.position, this.limit);
    else {
      this.pendingLength = 0;
      this.append(this.source.subarray(this.position, this.limit));
    }
    this.pendingLength = length;
    // A delimiter of several bytes may lie across two chunks.
    this.searched = Math.max(0, length - this.delimiter.length + 1);
    this.position = this.limit;
    return false;
  }

  private append(bytes: Buffer): void {
    const needed = this.pendingLength + bytes.length;
    if (needed > this.pending.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.pending.length * 2));
      this.pending.copy(larger, 0, 0, this.pendingLength);
      this.pending = larger;
    }
    bytes.copy(this.pending, this.pendingLength);
    this.pendingLength = needed;
  }
}
