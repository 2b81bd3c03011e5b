import { compressSync, uncompressSync } from 'lz4-napi';
import { ProtocolError } from '../protocol-error.js';
import { ByteSink } from './byte-sink.js';
import type { Codec } from './codec.js';
import { xxhash32 } from './xxhash32.js';

// The LZ4 frame format (lz4_Frame_format.md 1.6) around the blocks that the package compresses. Kafka's own reader takes only
// independent blocks (KIP-57), so that is what we write; on reading, linked blocks are understood as well.

const MAGIC = 0x184d2204;
/** Version 1, independent blocks, no checksums; blocks of 64 KiB: the frame that Java's producer writes. */
const HEADER = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]);
const BLOCK_SIZE = 64 * 1024;
const UNCOMPRESSED = 0x80000000;
/** The package puts the plain size of a block before it, in 4 bytes; a frame has the compressed size there. */
const PREFIX = 4;
const WINDOW = 64 * 1024;

/** LZ4 as framed blocks. */
export function createLz4(): Codec {
  return { type: 'lz4', compress, decompress: (input, limit) => new FrameReader(input, limit).read() };
}

function compress(input: Uint8Array): Uint8Array {
  const blocks = Math.ceil(input.length / BLOCK_SIZE);
  const output = Buffer.allocUnsafeSlow(HEADER.length + input.length + 4 * blocks + 4);
  output.set(HEADER);
  let at = HEADER.length;
  for (let start = 0; start < input.length; start += BLOCK_SIZE) {
    const plain = asBuffer(input, start, Math.min(start + BLOCK_SIZE, input.length));
    const packed = compressSync(plain);
    const size = packed.length - PREFIX;
    if (size < plain.length) {
      at = output.writeUInt32LE(size, at);
      output.set(packed.subarray(PREFIX), at);
      at += size;
    } else {
      at = output.writeUInt32LE(UNCOMPRESSED + plain.length, at);
      output.set(plain, at);
      at += plain.length;
    }
  }
  return output.subarray(0, output.writeUInt32LE(0, at));
}

function asBuffer(bytes: Uint8Array, start: number, end: number): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
}

class FrameReader {
  private readonly input: Buffer;
  private readonly output: ByteSink;
  private position = 0;
  private blockSize = BLOCK_SIZE;
  private isLinked = false;
  private hasBlockChecksum = false;
  private hasContentChecksum = false;

  constructor(input: Uint8Array, limit: number) {
    this.input = asBuffer(input, 0, input.length);
    this.output = new ByteSink(Math.max(input.length * 4, 4096), limit, 'lz4');
  }

  read(): Uint8Array {
    this.readHeader();
    for (;;) {
      const field = this.uint32();
      if (field === 0) break;
      this.readBlock(field % UNCOMPRESSED, field >= UNCOMPRESSED);
    }
    // Kafka's reader takes four bytes here, whatever they are; what stands behind the frame it does not look at.
    if (this.hasContentChecksum) this.skip(4);
    return this.output.finish();
  }

  private readHeader(): void {
    if (this.uint32() !== MAGIC) throw new ProtocolError('records compressed with lz4 are not an lz4 frame');
    const start = this.position;
    const flags = this.byte();
    const blockCode = (this.byte() >> 4) & 7;
    if (flags >> 6 !== 1 || blockCode < 4) throw new ProtocolError('an lz4 frame has a version or block size that does not exist');
    if ((flags & 1) !== 0) throw new ProtocolError('an lz4 frame needs a dictionary, which Kafka does not have');
    this.isLinked = (flags & 0x20) === 0;
    this.hasBlockChecksum = (flags & 0x10) !== 0;
    this.hasContentChecksum = (flags & 0x04) !== 0;
    this.blockSize = 1 << (8 + 2 * blockCode);
    if ((flags & 0x08) !== 0) this.skip(8); // the content size, which nobody vouches for
    const end = this.position;
    const checksum = this.byte();
    // Clients before KIP-57 took the magic number into the checksum of the header.
    const isHeaderChecksum = (from: number) => ((xxhash32(this.input, from, end) >> 8) & 0xff) === checksum;
    if (!isHeaderChecksum(start) && !isHeaderChecksum(start - 4))
      throw new ProtocolError('the header checksum of an lz4 frame does not hold');
  }

  private readBlock(size: number, isPlain: boolean): void {
    if (size > this.blockSize) throw new ProtocolError(`an lz4 block has ${size} bytes, its frame allows ${this.blockSize}`);
    const start = this.skip(size);
    const end = this.position;
    if (this.hasBlockChecksum && this.uint32() !== xxhash32(this.input, start, end)) {
      throw new ProtocolError('the checksum of an lz4 block does not hold');
    }
    this.output.push(isPlain ? this.input.subarray(start, end) : this.uncompress(start, end));
  }

  private uncompress(start: number, end: number): Uint8Array {
    const { input, output } = this;
    const history = output.finish();
    const dictionary =
      this.isLinked && history.length > 0 ? asBuffer(history, Math.max(0, history.length - WINDOW), history.length) : undefined;
    // The package wants the plain size where the frame has the block's size: lend it the place instead of copying the block.
    const size = input.readUInt32LE(start - PREFIX);
    input.writeUInt32LE(this.blockSize, start - PREFIX);
    try {
      return uncompressSync(input.subarray(start - PREFIX, end), dictionary);
    } catch (error) {
      throw new ProtocolError('a block of records compressed with lz4 is corrupt', { cause: error });
    } finally {
      input.writeUInt32LE(size, start - PREFIX);
    }
  }

  private byte(): number {
    return this.input[this.skip(1)] as number; // skip() checked the bound
  }

  private uint32(): number {
    return this.input.readUInt32LE(this.skip(4));
  }

  private skip(length: number): number {
    const start = this.position;
    if (length > this.input.length - start) throw new ProtocolError('an lz4 frame is cut short');
    this.position = start + length;
    return start;
  }
}
