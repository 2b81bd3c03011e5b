import type { ByteBuffer } from '../../../core/record-formats/byte-buffer.js';
import { kernelCode } from './kernel-code.js';

interface Counter {
  readonly value: number;
}

/** The exports of kernel/assembly/record-kernel.ts; addresses are numbers below 2^31. */
interface Exports {
  readonly readTo: Counter;
  readonly writtenTo: Counter;
  readonly lastDelta: Counter;
  copyValues(
    ...of: [
      ...[from: number, limit: number, to: number, count: number, first: number, stop: number],
      ...[ending: bigint, endingLength: number, ends: number, base: number],
    ]
  ): number;
  takeLines(
    ...of: [
      ...[from: number, limit: number, delimiter: number, to: number, room: number, first: number],
      ...[stamp: bigint, stampLength: number, wanted: number],
    ]
  ): number;
}

/** Where to copy values from, and which: offset deltas from `first` on, below `stop`. */
export interface ValueSpan {
  readonly source: Uint8Array;
  /** The next record. */
  position: number;
  /** Where the last one ends. */
  readonly limit: number;
  readonly first: number;
  readonly stop: number;
  /** Of the last record copied. */
  offsetDelta: number;
}

export interface CopyLimits {
  readonly target: ValueTarget;
  readonly count: number;
  readonly room: number;
}

/** What values are copied to. */
export interface ValueTarget {
  readonly buffer: ByteBuffer;
  /** Is told where in the buffer each of the records ends that were appended last. */
  endRecords(ends: Uint32Array): void;
}

/** What lines become: records of a batch from number `first` on. */
export interface LinesToTake {
  readonly source: Uint8Array;
  readonly start: number;
  readonly limit: number;
  readonly delimiter: number;
  readonly first: number;
  /** The timestamp delta as a varint. */
  readonly stamp: Uint8Array;
  /** Until so many bytes of lines are taken. */
  readonly wanted: number;
}

/** A piece of input and what becomes of it stay in the processor's cache. */
const pieceBytes = 256 * 1024;
/** What the kernel may read or write past an end. */
const slack = 64;
// The compiler's runtime may keep something at the lowest addresses.
const inputAt = 4096;
const outputAt = inputAt + pieceBytes + slack;
const endsAt = outputAt + pieceBytes + slack;
// No record is shorter than 8 bytes.
const pieceRecords = pieceBytes / 8;
const pageBytes = 64 * 1024;
const largestUint32 = 0xffffffff;
const likelyLine = 4096;

/**
 * The WebAssembly half of reading and writing plain records; see the source for what it leaves to its TypeScript twins,
 * `RecordCursor.next` and `BatchBuilder.appendRange`. Bytes are copied in and out, which costs less than a tenth of what it saves.
 */
export class RecordKernel {
  private readonly memory: Buffer;
  private readonly ends: Uint32Array;
  private readonly exports: Exports;

  /** @throws where this machine or its limits have no room for WebAssembly */
  constructor() {
    const pages = Math.ceil((endsAt + 4 * pieceRecords) / pageBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const module = new WebAssembly.Module(Buffer.from(kernelCode, 'base64'));
    this.exports = new WebAssembly.Instance(module, { env: { memory } }).exports as Exports; // compiled from there
    this.memory = Buffer.from(memory.buffer);
    this.ends = new Uint32Array(memory.buffer, endsAt, pieceRecords);
  }

  /**
   * Appends the values of records, each with `ending` (at most 7 bytes) behind it, to `target`: up to `count`, as long as they are
   * plain and less than `room` bytes are appended. Moves the span on.
   *
   * @returns how many
   */
  copyValues(span: ValueSpan, ending: Uint8Array, { target, count, room }: CopyLimits): number {
    const { exports, memory } = this;
    const { buffer } = target;
    const word = wordOf(ending);
    let left = room;
    let copied = 0;
    while (copied < count) {
      const length = Math.min(span.limit - span.position, pieceBytes, left);
      if (length <= 0) break;
      memory.set(span.source.subarray(span.position, span.position + length), inputAt);
      const { first, stop } = span;
      const wanted = Math.min(count - copied, pieceRecords);
      const taken = exports.copyValues(
        ...([inputAt, inputAt + length, outputAt, wanted, first, stop] as const),
        ...([word, ending.length, endsAt, buffer.length] as const),
      );
      if (taken === 0) break;
      const written = exports.writtenTo.value - outputAt;
      buffer.range(memory, outputAt, outputAt + written);
      target.endRecords(this.ends.subarray(0, taken));
      span.position += exports.readTo.value - inputAt;
      span.offsetDelta = exports.lastDelta.value;
      copied += taken;
      left -= written;
    }
    return copied;
  }

  /**
   * Writes lines as records without a key to `target` from `at` on, as long as they are not too long and end at or below `room`.
   *
   * @returns the number of records, and where the lines and the records end
   */
  takeLines(lines: LinesToTake, target: Uint8Array, at: number, room: number): { taken: number; start: number; end: number } {
    const { exports, memory } = this;
    const { source, start, delimiter, first, stamp, wanted } = lines;
    const space = Math.min(room - at, pieceBytes);
    // Records are longer than their lines, and no more than the last line goes past what is wanted.
    const length = Math.min(lines.limit - start, space, wanted + likelyLine);
    if (length <= 0 || space <= 0) return { taken: 0, start, end: at };
    memory.set(source.subarray(start, start + length), inputAt);
    const taken = exports.takeLines(
      ...([inputAt, inputAt + length, delimiter, outputAt, outputAt + space, first] as const),
      ...([wordOf(stamp), stamp.length, Math.min(wanted, largestUint32)] as const),
    );
    const written = exports.writtenTo.value;
    target.set(memory.subarray(outputAt, written), at);
    return { taken, start: start + exports.readTo.value - inputAt, end: at + written - outputAt };
  }
}

/** Up to 8 bytes as the word that begins with them in memory. */
function wordOf(bytes: Uint8Array): bigint {
  let word = 0n;
  for (let index = bytes.length - 1; index >= 0; index--) word = (word << 8n) | BigInt(bytes[index] as number); // inside the array
  return word;
}

let kernel: RecordKernel | undefined;
let isAbsent = false;

/**
 * The kernel, one for the process since nothing in it outlives a call; `undefined` where it cannot run (no SIMD, a limit on address
 * space), and the twins do all.
 */
export function recordKernel(): RecordKernel | undefined {
  if (kernel !== undefined || isAbsent) return kernel;
  try {
    kernel = new RecordKernel();
  } catch {
    isAbsent = true;
  }
  return kernel;
}
