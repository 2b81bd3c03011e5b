// Feeds damaged record batches to the decoder for as long as told: npm run fuzz -- --minutes 20 [--seed 1]
// Any outcome but records or a ProtocolError, and any input that takes seconds, ends the run with that input on stderr.
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { crc32, crc32c } from '@node-rs/crc32';
import type { Codec, CompressionType } from '../../src/protocol/compression/codec.js';
import { loadCodec } from '../../src/protocol/compression/load-codec.js';
import { ProtocolError } from '../../src/protocol/protocol-error.js';
import { BatchBuilder } from '../../src/protocol/records/batch-builder.js';
import { BATCH } from '../../src/protocol/records/batch-format.js';
import { BatchReader } from '../../src/protocol/records/batch-reader.js';
import { readControlRecord } from '../../src/protocol/records/control-record.js';
import { RecordCursor } from '../../src/protocol/records/record-cursor.js';

const LIMIT = 4 * 1024 * 1024;
const SLOW_MS = 5000;
const TYPES = ['gzip', 'snappy', 'lz4', 'zstd'] as const;

function argument(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const given = at < 0 ? fallback : Number(process.argv[at + 1]);
  if (!Number.isFinite(given)) throw new Error(`--${name} needs a number`);
  return given;
}

/** Mulberry32: the same seed gives the same run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function madeByJava(): Buffer[] {
  const text = readFileSync(new URL('../unit/protocol/records/fixtures/java-batches.json', import.meta.url), 'utf8');
  const cases = JSON.parse(text) as Record<string, { bytes: string }>; // the shape its reader describes
  return Object.values(cases).map(({ bytes }) => Buffer.from(bytes, 'base64'));
}

function madeByUs(codec: Codec | undefined, random: (below: number) => number): Buffer {
  const builder = new BatchBuilder(LIMIT);
  for (let count = 1 + random(40); count > 0; count--) {
    const value = Buffer.alloc(random(random(20) === 0 ? 100_000 : 200), `text ${random(1000)} `);
    builder.append(random(3) === 0 ? null : Buffer.from(`key ${random(100)}`), random(9) === 0 ? null : value, random(1_000_000), [
      { key: 'header', value: random(2) === 0 ? null : value.subarray(0, 10) },
    ]);
  }
  return builder.finish(undefined, codec);
}

function damage(bytes: Buffer, other: Buffer, random: (below: number) => number): Buffer {
  let damaged = Buffer.from(bytes);
  for (let times = 1 + random(5); times > 0; times--) {
    const at = random(damaged.length + 1);
    const length = 1 + random(8);
    const kind = random(7);
    if (kind === 0) damaged = damaged.subarray(0, at);
    else if (kind === 1) damaged = Buffer.concat([damaged.subarray(0, at), damaged.subarray(at + length)]);
    else if (kind === 2)
      damaged = Buffer.concat([damaged.subarray(0, at), other.subarray(random(other.length), random(other.length))]);
    else if (kind === 3) damaged.subarray(at, at + length).fill(random(2) * 255);
    else if (at < damaged.length) damaged[at] = kind === 4 ? random(256) : (damaged[at] ?? 0) ^ (1 << random(8));
  }
  return damaged;
}

/** Makes checksums hold again, and sometimes the length, so that the damage reaches what lies behind them. */
function mend(bytes: Buffer, mendLength: boolean): void {
  if (mendLength && bytes.length > BATCH.records) bytes.writeInt32BE(bytes.length - BATCH.partitionLeaderEpoch, BATCH.length);
  try {
    const reader = new BatchReader(bytes);
    while (reader.next()) {
      const { magic, start, end } = reader.batch;
      if (magic === 2) bytes.writeUInt32BE(crc32c(bytes.subarray(start + BATCH.attributes, end)), start + BATCH.crc);
      else bytes.writeUInt32BE(crc32(bytes.subarray(start + BATCH.magic, end)), start + BATCH.partitionLeaderEpoch);
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
}

function decode(bytes: Buffer, codecs: ReadonlyMap<CompressionType, Codec>): number {
  const reader = new BatchReader(bytes);
  const cursor = new RecordCursor();
  let records = 0;
  while (reader.next()) {
    const { batch } = reader;
    if (!batch.isIntact()) throw new ProtocolError('checksum');
    cursor.open(batch, { codec: codecs.get(batch.compression), decompressedLimit: LIMIT });
    while (cursor.next()) {
      records++;
      if (typeof cursor.offset !== 'bigint' || typeof cursor.timestamp !== 'bigint')
        throw new Error('a record without a place or time');
      cursor.headers();
      for (const end of [cursor.keyEnd, cursor.valueEnd]) if (end > cursor.buffer.length) throw new Error(`a range ends at ${end}`);
      if (batch.isControl) readControlRecord(cursor);
    }
  }
  return records;
}

interface Outcomes {
  inputs: number;
  refused: number;
  records: number;
}

function tryInput(bytes: Buffer, codecs: ReadonlyMap<CompressionType, Codec>, outcomes: Outcomes): void {
  const started = performance.now();
  outcomes.inputs++;
  const before = Buffer.from(bytes);
  try {
    outcomes.records += decode(bytes, codecs);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw new Error(`this input failed: ${before.toString('base64')}`, { cause: error });
    outcomes.refused++;
  }
  if (!bytes.equals(before)) throw new Error(`decoding changed this input: ${before.toString('base64')}`);
  const took = performance.now() - started;
  if (took > SLOW_MS) throw new Error(`this input took ${Math.round(took)} ms: ${before.toString('base64')}`);
}

async function main(): Promise<void> {
  const seed = argument('seed', Date.now() | 0);
  const until = performance.now() + argument('minutes', 1) * 60_000;
  const random = randomFrom(seed);
  const codecs = new Map<CompressionType, Codec>();
  for (const type of TYPES) codecs.set(type, await loadCodec(type));
  const java = madeByJava();
  const outcomes: Outcomes = { inputs: 0, refused: 0, records: 0 };
  console.log(`seed ${seed}`);
  let reported = performance.now();
  while (performance.now() < until) {
    const type = TYPES[random(TYPES.length + 1)];
    const ours = madeByUs(type === undefined ? undefined : codecs.get(type), random);
    const theirs = java[random(java.length)] ?? ours;
    for (const [one, other] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      for (let times = 0; times < 20; times++) {
        const bytes = damage(one, other, random);
        if (random(10) > 0) mend(bytes, random(2) === 0);
        tryInput(bytes, codecs, outcomes);
      }
    }
    // Native codecs let go of their memory only when the event loop turns.
    await setImmediate();
    if (performance.now() - reported > 60_000) {
      reported = performance.now();
      console.log(outcomes, `rss ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
    }
  }
  console.log('nothing but records and ProtocolErrors', outcomes);
}

await main();
