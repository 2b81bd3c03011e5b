import zlib from 'node:zlib';
import { ProtocolError, UnpackedTooLargeError } from '../protocol-error.js';
import { ByteSink } from './byte-sink.js';
import type { Codec } from './codec.js';
import { findZstdFrames } from './zstd-frames.js';

/** What does the work: decompresses one frame that holds at most `bound` bytes. */
export interface ZstdEngine {
  compress(input: Uint8Array, level: number): Uint8Array;
  decompressFrame(frame: Uint8Array, bound: number): Uint8Array;
}

/** Zstandard from node's own zlib where it has it (Node 22.15), from WebAssembly elsewhere; level 3 when none is given, like Kafka. */
export async function createZstd(level = 3): Promise<Codec> {
  return createZstdOn(nodeEngine() ?? (await loadWasmEngine()), level);
}

/** The codec on a given engine. */
export function createZstdOn(engine: ZstdEngine, level: number): Codec {
  return {
    type: 'zstd',
    compress: (input) => engine.compress(input, level),
    decompress(input, limit) {
      const bytes = Buffer.from(input.buffer, input.byteOffset, input.length);
      const frames = findZstdFrames(bytes);
      const bound = frames.reduce((sum, frame) => sum + frame.bound, 0);
      if (bound > limit) throw new UnpackedTooLargeError('zstd', limit);
      const plain = frames.map((frame) => decompressFrame(engine, bytes.subarray(frame.start, frame.end), frame.bound));
      const [first] = plain;
      if (first !== undefined && plain.length === 1) return first;
      const output = new ByteSink(bound, limit, 'zstd');
      for (const part of plain) output.push(part);
      return output.finish();
    },
  };
}

function decompressFrame(engine: ZstdEngine, frame: Uint8Array, bound: number): Uint8Array {
  try {
    return engine.decompressFrame(frame, bound);
  } catch (error) {
    throw new ProtocolError('records compressed with zstd are corrupt', { cause: error });
  }
}

interface ZstdOfNode {
  zstdCompressSync: (input: Uint8Array, options: { params: Record<number, number> }) => Uint8Array;
  zstdDecompressSync: (input: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;
  constants: { ZSTD_c_compressionLevel: number };
}

/** Node's own Zstandard; `undefined` before Node 22.15. */
export function nodeEngine(): ZstdEngine | undefined {
  if (!('zstdCompressSync' in zlib)) return undefined;
  const { zstdCompressSync, zstdDecompressSync, constants } = zlib as unknown as ZstdOfNode; // newer than our types of node
  return {
    compress: (input, level) => zstdCompressSync(input, { params: { [constants.ZSTD_c_compressionLevel]: level } }),
    decompressFrame: (frame, bound) => zstdDecompressSync(frame, { maxOutputLength: Math.max(bound, 1) }),
  };
}

// Once for the process: initialised again, the package swaps its memory while a call may be using it.
let wasmEngine: Promise<ZstdEngine> | undefined;

/** Zstandard in WebAssembly. */
export function loadWasmEngine(): Promise<ZstdEngine> {
  return (wasmEngine ??= startWasmEngine());
}

async function startWasmEngine(): Promise<ZstdEngine> {
  const wasm = await import('@bokuweb/zstd-wasm');
  await wasm.init();
  return {
    compress: (input, level) => wasm.compress(input, level),
    decompressFrame: (frame, bound) => wasm.decompress(frame, { defaultHeapSize: bound }),
  };
}
