import { ProtocolError, UnpackedTooLargeError } from '../protocol-error.js';
import type { Codec } from './codec.js';
import { decompressSnappyBlock, readSnappyLength } from './snappy-block-reader.js';
import { SNAPPY_SLACK, SnappyBlockWriter, snappyBound } from './snappy-block.js';

// Java's client writes Snappy as xerial's stream: a header, then blocks with their length in four bytes. Other clients write one
// raw block. Kafka's readers take both. Written here instead of taken from a package: the native one is no faster.

const HEADER = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
/** Of the header, the part that tells the stream from a raw block; two version numbers follow. */
const MAGIC_LENGTH = 8;
/** The block size of Java's client. */
const BLOCK_SIZE = 32 * 1024;

interface Block {
  /** Where its elements start and end. */
  readonly start: number;
  readonly end: number;
  /** Plain size. */
  readonly length: number;
}

/** Snappy: writes xerial's stream, reads that and raw blocks. */
export function createSnappy(): Codec {
  return { type: 'snappy', compress, decompress };
}

function compress(input: Uint8Array): Uint8Array {
  const blocks = Math.ceil(input.length / BLOCK_SIZE);
  const output = Buffer.allocUnsafeSlow(HEADER.length + blocks * (4 + snappyBound(Math.min(BLOCK_SIZE, input.length))));
  output.set(HEADER);
  const writer = new SnappyBlockWriter(input, output);
  let at = HEADER.length;
  for (let start = 0; start < input.length; start += BLOCK_SIZE) {
    const end = writer.write(start, Math.min(start + BLOCK_SIZE, input.length), at + 4);
    output.writeInt32BE(end - at - 4, at);
    at = end;
  }
  return output.subarray(0, at);
}

function decompress(input: Uint8Array, limit: number): Uint8Array {
  const blocks = isStream(input, 0) ? streamBlocks(input) : [readBlock(input, 0, input.length)];
  const size = blocks.reduce((sum, block) => sum + block.length, 0);
  if (size > limit) throw new UnpackedTooLargeError('snappy', limit);
  const output = Buffer.allocUnsafeSlow(size + SNAPPY_SLACK);
  let at = 0;
  for (const { start, end, length } of blocks) {
    decompressSnappyBlock(input, start, end, output, at, at + length);
    at += length;
  }
  return output.subarray(0, size);
}

function isStream(input: Uint8Array, at: number): boolean {
  if (input.length - at < HEADER.length) return false;
  for (let index = 0; index < MAGIC_LENGTH; index++) if (input[at + index] !== HEADER[index]) return false;
  return true;
}

function streamBlocks(input: Uint8Array): Block[] {
  const view = new DataView(input.buffer, input.byteOffset, input.length);
  const blocks: Block[] = [];
  let position = 0;
  while (position < input.length) {
    // Streams put one behind the other are one stream with more headers, as Java's reader has it.
    if (isStream(input, position)) {
      position += HEADER.length;
      continue;
    }
    // Too few for the length of a block: Java's reader takes that for the end.
    if (input.length - position < 4) break;
    const start = position + 4;
    const length = view.getInt32(position);
    if (length < 0 || length > input.length - start)
      throw new ProtocolError(`a snappy stream has a block of ${length} bytes, more than follow`);
    blocks.push(readBlock(input, start, start + length));
    position = start + length;
  }
  return blocks;
}

function readBlock(input: Uint8Array, start: number, end: number): Block {
  const { length, next } = readSnappyLength(input, start, end);
  // No element makes more than 64 bytes of 2: a size beyond that is a lie that would cost memory.
  if (length > (end - next) * 32) throw new ProtocolError(`a snappy block of ${end - next} bytes cannot hold ${length}`);
  return { start: next, end, length };
}
