/** Bytes that a target needs behind the last byte written: copies go four bytes at a time. */
export const SNAPPY_SLACK = 4;

/** Largest input of one block: positions are kept in 16 bits, and distances written in two bytes. */
const LARGEST_INPUT = 64 * 1024;
const HASH_BITS = 13;
/** Above this length the engine's own copy beats a loop. */
const LONG = 48;

/** Most bytes that `length` bytes can take compressed, with room to copy a little too far. */
export function snappyBound(length: number): number {
  return 32 + length + Math.ceil(length / 6) + SNAPPY_SLACK;
}

/** Turns blocks of bytes into Snappy's raw form (format_description.txt of google/snappy). */
export class SnappyBlockWriter {
  private readonly input: Uint8Array;
  private readonly source: DataView;
  private readonly output: Uint8Array;
  private readonly target: DataView;
  private readonly table = new Uint16Array(1 << HASH_BITS);
  private at = 0;

  /** @param output has `snappyBound` bytes for each block */
  constructor(input: Uint8Array, output: Uint8Array) {
    this.input = input;
    this.source = new DataView(input.buffer, input.byteOffset, input.length);
    this.output = output;
    this.target = new DataView(output.buffer, output.byteOffset, output.length);
  }

  /** Writes `input[start, end)`, at most 64 KiB, at `at`, and returns the position behind. */
  write(start: number, end: number, at: number): number {
    if (end - start > LARGEST_INPUT) throw new RangeError(`a snappy block has at most ${LARGEST_INPUT} bytes, not ${end - start}`);
    this.at = at;
    this.writeLength(end - start);
    this.table.fill(0);
    const { source, table } = this;
    const lastStart = end - 4;
    let anchor = start;
    let position = start + 1;
    let misses = 0;
    while (position <= lastStart) {
      const word = source.getInt32(position, true);
      const slot = Math.imul(word, 0x1e35a7bd) >>> (32 - HASH_BITS);
      const candidate = start + (table[slot] as number); // the hash has as many bits as the table
      table[slot] = position - start;
      if (source.getInt32(candidate, true) !== word) {
        // The longer nothing repeats, the larger the steps.
        position += 1 + (misses++ >> 5);
        continue;
      }
      misses = 0;
      const length = 4 + this.matchLength(candidate + 4, position + 4, end);
      this.writeLiteral(anchor, position);
      this.writeCopy(position - candidate, length);
      position += length;
      anchor = position;
      if (position <= lastStart)
        table[Math.imul(source.getInt32(position - 1, true), 0x1e35a7bd) >>> (32 - HASH_BITS)] = position - 1 - start;
    }
    this.writeLiteral(anchor, end);
    return this.at;
  }

  private writeLength(length: number): void {
    let rest = length;
    while (rest >= 0x80) {
      this.output[this.at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.output[this.at++] = rest;
  }

  /** How many bytes from `left` equal those from `right`, up to `end`; `left` is the earlier one. */
  private matchLength(left: number, right: number, end: number): number {
    const { source } = this;
    let a = left;
    let b = right;
    for (; b + 4 <= end; a += 4, b += 4) {
      const difference = source.getInt32(a, true) ^ source.getInt32(b, true);
      if (difference !== 0) return b - right + ((31 - Math.clz32(difference & -difference)) >> 3);
    }
    while (b < end && this.input[a] === this.input[b]) {
      a++;
      b++;
    }
    return b - right;
  }

  private writeLiteral(from: number, to: number): void {
    const length = to - from;
    if (length === 0) return;
    const { source, target, output } = this;
    const code = length - 1;
    if (code < 60) {
      output[this.at++] = code << 2;
    } else if (code < 0x100) {
      output[this.at++] = 60 << 2;
      output[this.at++] = code;
    } else {
      output[this.at++] = 61 << 2;
      target.setUint16(this.at, code, true);
      this.at += 2;
    }
    if (length > LONG || to + SNAPPY_SLACK > this.input.length) output.set(view(this.input, from, length), this.at);
    else
      for (let index = 0; index < length; index += 4) target.setInt32(this.at + index, source.getInt32(from + index, true), true);
    this.at += length;
  }

  private writeCopy(distance: number, length: number): void {
    const { output, target } = this;
    let rest = length;
    // A copy has at most 64 bytes; keep enough for the last one to have the 4 that a short copy needs.
    for (; rest >= 68; rest -= 64) {
      output[this.at] = (63 << 2) | 2;
      target.setUint16(this.at + 1, distance, true);
      this.at += 3;
    }
    if (rest > 64) {
      output[this.at] = (59 << 2) | 2;
      target.setUint16(this.at + 1, distance, true);
      this.at += 3;
      rest -= 60;
    }
    if (rest < 12 && distance < 2048) {
      output[this.at++] = ((distance >> 8) << 5) | ((rest - 4) << 2) | 1;
      output[this.at++] = distance & 0xff;
    } else {
      output[this.at] = ((rest - 1) << 2) | 2;
      target.setUint16(this.at + 1, distance, true);
      this.at += 3;
    }
  }
}

function view(bytes: Uint8Array, start: number, length: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, length);
}
