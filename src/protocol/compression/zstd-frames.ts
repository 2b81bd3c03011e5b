import { ProtocolError } from '../protocol-error.js';

/** One Zstandard frame inside a larger buffer. */
export interface ZstdFrame {
  readonly start: number;
  readonly end: number;
  /** Most bytes the frame can hold, from its block headers. */
  readonly bound: number;
}

const MAGIC = 0xfd2fb528;
const LARGEST_BLOCK = 128 * 1024;

/**
 * Finds the frames of Zstandard data (RFC 8878) and how much each can hold at most, without decompressing: Java's producer does
 * not write the plain size, and what a stranger writes there is not to be trusted with memory.
 *
 * @throws ProtocolError when the data is cut short, or is not Zstandard
 */
export function findZstdFrames(input: Buffer): ZstdFrame[] {
  const frames: ZstdFrame[] = [];
  let position = 0;
  while (position < input.length) {
    const magic = need(input, position, 4).readUInt32LE(position);
    if ((magic & 0xfffffff0) >>> 0 === 0x184d2a50) {
      const size = need(input, position, 8).readUInt32LE(position + 4);
      need(input, position + 8, size);
      position += 8 + size;
      continue;
    }
    if (magic !== MAGIC) throw new ProtocolError('records compressed with zstd are not a zstd frame');
    const frame = readFrame(input, position);
    frames.push(frame);
    position = frame.end;
  }
  return frames;
}

function readFrame(input: Buffer, start: number): ZstdFrame {
  const descriptor = need(input, start + 4, 1).readUInt8(start + 4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionarySize = [0, 1, 2, 4][descriptor & 3] as number; // two bits
  const sizeOfSize = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] as number; // two bits
  const sizeAt = start + 5 + (isSingleSegment ? 0 : 1) + dictionarySize;
  need(input, sizeAt, sizeOfSize);
  let position = sizeAt + sizeOfSize;
  let bound = 0;
  for (let isLast = false; !isLast;) {
    const header = need(input, position, 3).readUIntLE(position, 3);
    const type = (header >> 1) & 3;
    const size = header >> 3;
    if (type === 3 || size > LARGEST_BLOCK) throw new ProtocolError('a zstd frame has a block that cannot exist');
    position += 3 + (type === 1 ? 1 : size);
    bound += type === 2 ? LARGEST_BLOCK : size;
    isLast = (header & 1) === 1;
  }
  if ((descriptor & 4) !== 0) position += 4;
  need(input, start, position - start);
  const declared = readSize(input, sizeAt, sizeOfSize);
  if (declared !== undefined && declared > bound) throw new ProtocolError('a zstd frame says it is larger than its blocks can be');
  return { start, end: position, bound: declared ?? bound };
}

function readSize(input: Buffer, at: number, size: number): number | undefined {
  if (size === 0) return undefined;
  if (size === 8) return Number(input.readBigUInt64LE(at));
  return input.readUIntLE(at, size) + (size === 2 ? 256 : 0);
}

function need(input: Buffer, at: number, size: number): Buffer {
  if (size > input.length - at) throw new ProtocolError('a zstd frame is cut short');
  return input;
}
