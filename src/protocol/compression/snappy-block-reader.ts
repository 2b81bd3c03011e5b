import { ProtocolError } from '../protocol-error.js';
import { SNAPPY_SLACK } from './snappy-block.js';

/** Above this length the engine's own copy beats a loop. */
const LONG = 48;

/** Plain size that a raw Snappy block says it has, and where its elements start. */
export function readSnappyLength(input: Uint8Array, start: number, end: number): { length: number; next: number } {
  let length = 0;
  for (let index = 0; index < 5 && start + index < end; index++) {
    const byte = input[start + index] as number; // checked by the loop
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { length, next: start + index + 1 };
  }
  throw new ProtocolError('a snappy block has no length');
}

/**
 * Decompresses the elements of a raw Snappy block, `input[start, end)`, into `output[at, until)`, which they must fill exactly;
 * `output` has `SNAPPY_SLACK` bytes behind that.
 *
 * @throws ProtocolError when the block is corrupt
 */
export function decompressSnappyBlock(
  input: Uint8Array,
  start: number,
  end: number,
  output: Uint8Array,
  at: number,
  until: number,
): void {
  const source = new DataView(input.buffer, input.byteOffset, input.length);
  const target = new DataView(output.buffer, output.byteOffset, output.length);
  let position = start;
  let out = at;
  while (position < end) {
    const tag = input[position++] as number; // checked by the loop
    if ((tag & 3) === 0) {
      let length = (tag >> 2) + 1;
      if (length > 60) {
        const extra = length - 60;
        if (extra > end - position) throw new ProtocolError('a snappy block ends inside a length');
        length = readLittleEndian(input, position, extra) + 1;
        position += extra;
      }
      if (length > end - position || length > until - out)
        throw new ProtocolError('a snappy block has more literals than there is room for');
      if (length > LONG || position + length + SNAPPY_SLACK > input.length) {
        output.set(new Uint8Array(input.buffer, input.byteOffset + position, length), out);
      } else {
        for (let index = 0; index < length; index += 4) target.setInt32(out + index, source.getInt32(position + index, true), true);
      }
      position += length;
      out += length;
      continue;
    }
    const width = (tag & 3) === 3 ? 4 : tag & 3;
    if (width > end - position) throw new ProtocolError('a snappy block ends inside a distance');
    const length = width === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    let distance: number;
    if (width === 1)
      distance = ((tag >> 5) << 8) | (input[position] as number); // checked just above
    else distance = width === 2 ? source.getUint16(position, true) : source.getUint32(position, true);
    position += width;
    if (distance === 0 || distance > out - at) throw new ProtocolError('a snappy block refers to bytes before its start');
    if (length > until - out) throw new ProtocolError('a snappy block is larger than it says');
    copyMatch(output, target, out, distance, length);
    out += length;
  }
  if (out !== until) throw new ProtocolError('a snappy block is smaller than it says');
}

/** Repeats bytes that lie `distance` before `to`; the ranges may overlap, and then the bytes repeat. */
function copyMatch(output: Uint8Array, target: DataView, to: number, distance: number, length: number): void {
  const from = to - distance;
  if (length > LONG && distance >= length) {
    output.copyWithin(to, from, from + length);
  } else if (distance >= 4) {
    for (let index = 0; index < length; index += 4) target.setInt32(to + index, target.getInt32(from + index, true), true);
  } else {
    for (let index = 0; index < length; index++) output[to + index] = output[from + index] as number; // the caller checked the distance
  }
}

function readLittleEndian(input: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = size - 1; index >= 0; index--) value = value * 256 + (input[at + index] as number); // the caller checked the bound
  return value;
}
