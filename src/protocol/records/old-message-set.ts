import type { Codec } from '../compression/codec.js';
import { ProtocolError } from '../protocol-error.js';
import { BATCH } from './batch-format.js';
import type { BatchHeader } from './batch-header.js';
import { BatchReader } from './batch-reader.js';
import { writeVarint } from './varint.js';

/** The records of an old message or wrapper, rewritten as the record section of a v2 batch. */
export interface RewrittenRecords {
  readonly buffer: Buffer;
  readonly count: number;
  readonly baseOffset: bigint;
  readonly baseTimestamp: bigint;
}

interface OldMessage {
  readonly offset: bigint;
  readonly timestamp: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** Most bytes a rewritten record takes beside key and value. */
const LARGEST_OVERHEAD = 32;

/**
 * Rewrites an old message (magic 0 or 1, KIP-31 and KIP-32), or the messages inside a compressed wrapper, so that one cursor reads
 * every format. Slow beside reading v2, and rare: brokers since 0.11 write v2.
 *
 * @throws ProtocolError when the bytes are not old messages
 */
export function rewriteOldMessages(batch: BatchHeader, codec: Codec | undefined, decompressedLimit: number): RewrittenRecords {
  const outer = readMessage(batch);
  const messages = codec === undefined ? [outer] : unwrap(batch, outer, codec, decompressedLimit);
  const [first] = messages;
  if (first === undefined) throw new ProtocolError(`compressed message at offset ${batch.baseOffset} holds no messages`);
  const { offset: baseOffset, timestamp: baseTimestamp } = first;
  return { buffer: writeRecords(messages, baseOffset, baseTimestamp), count: messages.length, baseOffset, baseTimestamp };
}

function unwrap(batch: BatchHeader, outer: OldMessage, codec: Codec, decompressedLimit: number): OldMessage[] {
  if (outer.value === null || codec.type === 'zstd') {
    throw new ProtocolError(
      `compressed message at offset ${outer.offset} has ${outer.value === null ? 'no value' : 'a codec newer than itself'}`,
    );
  }
  const plain = codec.decompress(outer.value, decompressedLimit);
  const reader = new BatchReader(Buffer.from(plain.buffer, plain.byteOffset, plain.length));
  const inner: OldMessage[] = [];
  while (reader.next()) {
    if (reader.batch.magic !== batch.magic || reader.batch.compression !== 'none') {
      throw new ProtocolError(
        `compressed message at offset ${outer.offset} holds another compressed message or another format version`,
      );
    }
    inner.push(readMessage(reader.batch));
  }
  // A last message that is cut short is left out, as Kafka's reader does it.
  if (batch.magic === 0) return inner;
  // KIP-31: inside a v1 wrapper offsets count from the first message, and the wrapper has the last one's. Some producers left the
  // wrapper's at 0: then they are what they are.
  const base = outer.offset === 0n ? 0n : outer.offset - (inner.at(-1)?.offset ?? 0n);
  if (base < 0n) throw new ProtocolError(`compressed message at offset ${outer.offset} holds messages past its own offset`);
  const isAppendTime = batch.timestampType === 'log-append';
  return inner.map((message) => ({
    ...message,
    offset: base + message.offset,
    timestamp: isAppendTime ? outer.timestamp : message.timestamp,
  }));
}

function readMessage(batch: BatchHeader): OldMessage {
  const key = readField(batch, batch.start + BATCH.magic + (batch.magic === 1 ? 10 : 2));
  const value = readField(batch, key.end);
  return { offset: batch.baseOffset, timestamp: batch.baseTimestamp, key: key.bytes, value: value.bytes };
}

function readField(batch: BatchHeader, at: number): { bytes: Buffer | null; end: number } {
  const start = at + 4;
  const length = start <= batch.end ? batch.buffer.readInt32BE(at) : NaN;
  // Kafka's reader takes every length below zero for null, and looks at nothing behind the value.
  if (length < 0) return { bytes: null, end: start };
  if (!(start + length <= batch.end)) {
    throw new ProtocolError(`message at offset ${batch.baseOffset} has a field of ${length} bytes, more than it has left`);
  }
  return { bytes: batch.buffer.subarray(start, start + length), end: start + length };
}

function writeRecords(messages: readonly OldMessage[], baseOffset: bigint, baseTimestamp: bigint): Buffer {
  const bound = messages.reduce((sum, { key, value }) => sum + LARGEST_OVERHEAD + (key?.length ?? 0) + (value?.length ?? 0), 0);
  const buffer = Buffer.allocUnsafeSlow(bound);
  let at = 0;
  for (const { offset, timestamp, key, value } of messages) {
    const delta = offset - baseOffset;
    if (BigInt.asIntN(32, delta) !== delta)
      throw new ProtocolError(`messages at offsets ${baseOffset} and ${offset} cannot be in one set`);
    const head = Buffer.allocUnsafe(LARGEST_OVERHEAD);
    head[0] = 0;
    let headEnd = writeVarint64(head, 1, BigInt.asIntN(64, timestamp - baseTimestamp));
    headEnd = writeVarint(head, headEnd, Number(delta));
    const keyAt = writeVarint(head, headEnd, key?.length ?? -1);
    const valueHead = Buffer.allocUnsafe(5);
    const valueHeadEnd = writeVarint(valueHead, 0, value?.length ?? -1);
    at = writeVarint(buffer, at, keyAt + (key?.length ?? 0) + valueHeadEnd + (value?.length ?? 0) + 1);
    for (const part of [head.subarray(0, keyAt), key, valueHead.subarray(0, valueHeadEnd), value]) {
      if (part === null) continue;
      buffer.set(part, at);
      at += part.length;
    }
    buffer[at++] = 0;
  }
  return buffer.subarray(0, at);
}

function writeVarint64(target: Buffer, at: number, value: bigint): number {
  let position = at;
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  for (; rest >= 0x80n; rest >>= 7n) target[position++] = Number(rest & 0x7fn) | 0x80;
  target[position++] = Number(rest);
  return position;
}
