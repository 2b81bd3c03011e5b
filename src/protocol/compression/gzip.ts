import { gzipSync, inflateRawSync } from 'node:zlib';
import { crc32 } from '@node-rs/crc32';
import { ProtocolError, UnpackedTooLargeError } from '../protocol-error.js';
import type { Codec } from './codec.js';

/** Bytes of output made at a time; zlib's own default of 16 KiB means many small copies for a batch. */
const CHUNK = 128 * 1024;
const TRAILER = 8;
/** Java's reader takes so many bytes behind a member, or fewer, for no further one. */
const TOO_FEW_FOR_A_MEMBER = 18;

/** Gzip (RFC 1952) from node's own zlib; level 6 when none is given, like Kafka. */
export function createGzip(level = 6): Codec {
  return { type: 'gzip', compress: (input) => gzipSync(input, { level, chunkSize: CHUNK }), decompress };
}

/**
 * Reads members as Java's GZIPInputStream does: one follows another, and what stands behind the last one and does not begin as a
 * member is nobody's. Node's own reader of members refuses such bytes.
 */
function decompress(bytes: Uint8Array, limit: number): Uint8Array {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: Buffer[] = [];
  let size = 0;
  let start = findDeflated(input, 0);
  if (start === undefined) throw new ProtocolError('records compressed with gzip are no gzip');
  while (start !== undefined) {
    const { plain, end } = inflate(input, start, limit, size);
    checkTrailer(input, end, plain);
    parts.push(plain);
    size += plain.length;
    const next: number = end + TRAILER;
    start = input.length - next > TOO_FEW_FOR_A_MEMBER ? findDeflated(input, next) : undefined;
  }
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts, size);
}

function inflate(input: Buffer, start: number, limit: number, already: number): { plain: Buffer; end: number } {
  const maxOutputLength = Math.max(1, limit - already);
  try {
    // With `info`, which the types of node do not know of, the answer tells how much of the input was used.
    const { buffer, engine } = inflateRawSync(input.subarray(start), {
      info: true,
      maxOutputLength,
      chunkSize: CHUNK,
    }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    if (buffer.length > limit - already) throw new UnpackedTooLargeError('gzip', limit);
    return { plain: buffer, end: start + engine.bytesWritten };
  } catch (error) {
    if (error instanceof RangeError) throw new UnpackedTooLargeError('gzip', limit, { cause: error });
    if (error instanceof ProtocolError) throw error;
    throw new ProtocolError('records compressed with gzip are corrupt', { cause: error });
  }
}

function checkTrailer(input: Buffer, at: number, plain: Buffer): void {
  const isWhole = at + TRAILER <= input.length;
  if (isWhole && input.readUInt32LE(at) === crc32(plain) && input.readUInt32LE(at + 4) === plain.length >>> 0) return;
  throw new ProtocolError(`records compressed with gzip are ${isWhole ? 'corrupt: their checksum does not match' : 'cut short'}`);
}

/** Where the deflated bytes of the member at `start` begin; `undefined` where no member begins there. */
function findDeflated(input: Buffer, start: number): number | undefined {
  if (input.length < start + 10 || input.readUInt16BE(start) !== 0x1f8b || input[start + 2] !== 8) return undefined;
  const flags = input[start + 3] as number; // within the length just checked
  let at = start + 10;
  if ((flags & 4) !== 0) at = at + 2 <= input.length ? at + 2 + input.readUInt16LE(at) : NaN;
  for (const flag of [8, 16]) if ((flags & flag) !== 0) at = endOfText(input, at);
  if ((flags & 2) !== 0) at = isHeaderSum(input, start, at) ? at + 2 : NaN;
  return at <= input.length ? at : undefined;
}

function endOfText(input: Buffer, at: number): number {
  const end = Number.isNaN(at) ? -1 : input.indexOf(0, at);
  return end < 0 ? NaN : end + 1;
}

function isHeaderSum(input: Buffer, start: number, at: number): boolean {
  return at + 2 <= input.length && input.readUInt16LE(at) === (crc32(input.subarray(start, at)) & 0xffff);
}
