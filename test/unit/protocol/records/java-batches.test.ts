import { expect, test } from 'vitest';
import { loadCodec } from '../../../../src/protocol/compression/load-codec.js';
import { BatchBuilder } from '../../../../src/protocol/records/batch-builder.js';
import { BATCH } from '../../../../src/protocol/records/batch-format.js';
import { BatchReader } from '../../../../src/protocol/records/batch-reader.js';
import { readControlRecord } from '../../../../src/protocol/records/control-record.js';
import { decodeRecords } from '../../../../src/protocol/records/decode-records.js';
import { RecordCursor } from '../../../../src/protocol/records/record-cursor.js';
import { javaBytes, readJavaBatches, type JavaRecord } from './fixtures/read-java-batches.js';
import { CODEC_TYPES, inHex, readAll } from './read-all.js';

const JAVA = readJavaBatches();

test.each([...JAVA].map(([name, java]) => ({ name, ...java })))(
  '$name: the same records as Java reads',
  async ({ bytes, records }) => {
    expect((await readAll(bytes)).map(inHex)).toEqual(records);
  },
);

function append(builder: BatchBuilder, { key, value, timestamp, headers }: JavaRecord): void {
  const bytes = (hex: string | null) => (hex === null ? null : Buffer.from(hex, 'hex'));
  const fit = builder.append(
    bytes(key),
    bytes(value),
    timestamp,
    headers.map((header) => ({ key: header.key, value: bytes(header.value) })),
  );
  expect(fit).toBe(true);
}

test.each(['v2 none', 'v2 transactional'])('%s: the same bytes as Java writes', (name) => {
  const java = JAVA.get(name);
  const builder = new BatchBuilder(100_000);
  for (const record of java?.records ?? []) append(builder, record);
  const isTransactional = name === 'v2 transactional';
  const stamp = { producerId: 9_000_000_001n, producerEpoch: 3, baseSequence: 42, transactional: true };
  const bytes = builder.finish(isTransactional ? stamp : undefined);
  // A producer leaves offset and leader epoch to the broker; the checksum covers neither.
  java?.bytes.copy(bytes, 0, 0, 8);
  java?.bytes.copy(bytes, BATCH.partitionLeaderEpoch, BATCH.partitionLeaderEpoch, BATCH.magic);
  expect(bytes.toString('hex')).toBe(java?.bytes.toString('hex'));
});

test.each(CODEC_TYPES)('%s: the header says what the batch is', async (type) => {
  const reader = new BatchReader(javaBytes(`v2 ${type}`));
  expect(reader.next()).toBe(true);
  const { batch } = reader;
  expect(batch).toMatchObject({
    magic: 2,
    compression: type,
    timestampType: 'create',
    baseOffset: 1000n,
    lastOffset: 1015n,
    count: 16,
  });
  expect(batch).toMatchObject({ isControl: false, isTransactional: false, producerId: -1n, producerEpoch: -1, baseSequence: -1 });
  expect(batch).toMatchObject({ maxTimestamp: 1_700_000_100_000n, deleteHorizon: undefined, partitionLeaderEpoch: -1 });
  expect(batch.isIntact()).toBe(true);
  expect(new RecordCursor().open(batch, { codec: await loadCodec(type) })).toBeUndefined();
  expect(reader.next()).toBe(false);
  expect(reader.cut).toBeUndefined();
});

test.each([
  { name: 'v2 commit marker', type: 'commit', typeNumber: 1, coordinatorEpoch: 21, producerEpoch: 3, baseOffset: 79n },
  { name: 'v2 abort marker', type: 'abort', typeNumber: 0, coordinatorEpoch: 22, producerEpoch: 4, baseOffset: 80n },
])('$name is a control batch, and not among the records', ({ name, producerEpoch, baseOffset, ...control }) => {
  const bytes = javaBytes(name);
  const reader = new BatchReader(bytes);
  reader.next();
  expect(reader.batch).toMatchObject({
    isControl: true,
    isTransactional: true,
    producerId: 9_000_000_001n,
    producerEpoch,
    baseOffset,
  });
  const cursor = new RecordCursor();
  cursor.open(reader.batch);
  expect(cursor.next()).toBe(true);
  expect(readControlRecord(cursor)).toEqual(control);
  expect(cursor.next()).toBe(false);
  expect(decodeRecords(bytes)).toEqual([]);
});

test.each([
  ['v0 none', true],
  ['v1 none', false],
  ['v2 none', false],
])('%s: a cursor knows whether its records can have times', (name, isTimeless) => {
  const reader = new BatchReader(javaBytes(name));
  reader.next();
  const cursor = new RecordCursor();
  cursor.open(reader.batch);
  expect(cursor.isTimeless).toBe(isTimeless);
});

test('a delete horizon is told from a base timestamp', () => {
  const reader = new BatchReader(javaBytes('v2 delete horizon'));
  reader.next();
  expect(reader.batch.deleteHorizon).toBe(5100n);
  expect(reader.batch.lastOffset).toBe(5n);
});

test('a batch that compaction emptied still says where to go on', () => {
  const reader = new BatchReader(javaBytes('v2 emptied by compaction'));
  reader.next();
  const cursor = new RecordCursor();
  cursor.open(reader.batch);
  expect(cursor.next()).toBe(false);
  expect([reader.batch.count, reader.batch.lastOffset]).toEqual([0, 3n]);
});

test.each(['v2 none', 'v1 gzip', 'v0 snappy', 'v1 none', 'v0 none'])(
  '%s: records below the start offset are passed over',
  async (name) => {
    const java = JAVA.get(name);
    const reader = new BatchReader(java?.bytes ?? Buffer.alloc(0));
    const cursor = new RecordCursor();
    const offsets: bigint[] = [];
    while (reader.next()) {
      const { compression } = reader.batch;
      cursor.open(reader.batch, { codec: compression === 'none' ? undefined : await loadCodec(compression), fromOffset: 1007n });
      while (cursor.next()) offsets.push(cursor.offset);
    }
    expect(offsets).toEqual([1007n, 1008n, 1009n, 1010n, 1011n, 1012n, 1013n, 1014n, 1015n]);
  },
);

test('an old message has no producer, no transaction and no leader epoch', () => {
  const reader = new BatchReader(javaBytes('v1 log-append time'));
  reader.next();
  expect(reader.batch).toMatchObject({
    magic: 1,
    timestampType: 'log-append',
    producerId: -1n,
    baseSequence: -1,
    partitionLeaderEpoch: -1,
  });
  expect(reader.batch).toMatchObject({
    isControl: false,
    isTransactional: false,
    count: 1,
    lastOffset: 1000n,
    maxTimestamp: 1_700_000_099_999n,
  });
});
