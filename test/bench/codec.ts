// Records a second of the batch codec alone, in processor time: npx tsx test/bench/codec.ts [--records 3000000]
import { loadCodec } from '../../src/protocol/compression/load-codec.js';
import { BatchBuilder } from '../../src/protocol/records/batch-builder.js';
import { BatchReader } from '../../src/protocol/records/batch-reader.js';
import { RecordCursor } from '../../src/protocol/records/record-cursor.js';

const LINE = 100;
const LINES = 10_000;
const LIMIT = 900 * 1024;
const ROUNDS = 4;

const at = process.argv.indexOf('--records');
const RECORDS = at < 0 ? 3_000_000 : Number(process.argv[at + 1]);

/** Lines of 99 bytes and a newline, like those of the console benchmarks. */
function makeLines(): Buffer {
  const lines = Buffer.alloc(LINE * LINES);
  for (let line = 0; line < LINES; line++) {
    lines.fill(`{"id":${line * 7919},"user":"user-${line % 1000}","text":"some words"}`, line * LINE, (line + 1) * LINE - 1);
    lines[(line + 1) * LINE - 1] = 10;
  }
  return lines;
}

function fill(builder: BatchBuilder, lines: Buffer, from: number, to: number): number {
  for (let record = from; record < to; record++) {
    const start = (record % LINES) * LINE;
    if (!builder.appendRange(lines, -1, -1, start, start + LINE - 1, 1_700_000_000_000 + (record & 15))) return record;
  }
  return to;
}

function encode(lines: Buffer, records: number): void {
  const builder = new BatchBuilder(LIMIT);
  for (let done = 0; done < records;) {
    builder.reset();
    done = fill(builder, lines, done, records);
    builder.finish();
  }
}

function decode(batch: Buffer, records: number, output: Buffer | undefined): void {
  const cursor = new RecordCursor();
  let position = 0;
  for (let seen = 0; seen < records;) {
    const reader = new BatchReader(batch);
    while (reader.next()) {
      if (!reader.batch.isIntact()) throw new Error('a batch is damaged');
      cursor.open(reader.batch);
      for (; cursor.next(); seen++) {
        if (output === undefined) continue;
        const length = cursor.valueEnd - cursor.valueStart;
        if (position + length > output.length) position = 0;
        output.set(new Uint8Array(batch.buffer, batch.byteOffset + cursor.valueStart, length), position);
        position += length;
      }
    }
  }
}

function perSecond(amount: number, work: () => void): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, user + system);
  }
  return amount / (best / 1e6);
}

const lines = makeLines();
const builder = new BatchBuilder(LIMIT);
fill(builder, lines, 0, RECORDS);
const plain = Buffer.from(builder.finish());
const output = Buffer.alloc(1 << 20);
const millions = (records: number) => `${(records / 1e6).toFixed(2)} million records/s`;
console.log(`encode         ${millions(perSecond(RECORDS, () => encode(lines, RECORDS)))}`);
console.log(`decode         ${millions(perSecond(RECORDS, () => decode(plain, RECORDS, undefined)))}`);
console.log(`decode + copy  ${millions(perSecond(RECORDS, () => decode(plain, RECORDS, output)))}`);
for (const type of ['gzip', 'snappy', 'lz4', 'zstd'] as const) {
  const codec = await loadCodec(type);
  const packed = codec.compress(plain);
  const repeat = (work: () => void) => perSecond(plain.length * 10, () => Array.from({ length: 10 }, work));
  const inward = repeat(() => codec.compress(plain)) / 1e6;
  const outward = repeat(() => codec.decompress(packed, 1 << 30)) / 1e6;
  const ratio = (plain.length / packed.length).toFixed(1);
  console.log(`${type.padEnd(14)} ${inward.toFixed(0)} MB/s compress, ${outward.toFixed(0)} MB/s decompress, ${ratio}:1`);
}
