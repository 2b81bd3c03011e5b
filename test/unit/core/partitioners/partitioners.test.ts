import { crc32 } from '@node-rs/crc32';
import { expect, test } from 'vitest';
import {
  createPartitioner,
  PARTITIONER_NAMES,
  type PartitionerName,
} from '../../../../src/core/partitioners/create-partitioner.js';
import { murmur2, partitionOfHash } from '../../../../src/core/partitioners/murmur2.js';
import type { PartitionChoice, Partitioner } from '../../../../src/core/partitioners/partitioner.js';
import { emptyRecordRange, type RecordRange } from '../../../../src/core/record-formats/record-range.js';

// Key in hex; Kafka's own Utils.murmur2 of it; Utils.toPositive of that modulo 7 and 100; java.util.zip.CRC32 of it modulo 7.
// Printed by a throwaway program on the Java client 4.3: text in one, two, three and four bytes a character, and random bytes of
// every length from 1 to 17.
const JAVA: readonly (readonly [key: string, hash: number, of7: number, of100: number, crcOf7: number])[] = [
  ['', 275646681, 2, 81, 0],
  ['61', -1563381124, 5, 24, 4],
  ['6162', 316155434, 0, 34, 5],
  ['616263', 479470107, 4, 7, 5],
  ['61626364', -1323649548, 5, 0, 4],
  ['6162636465', 461995741, 4, 41, 3],
  ['3231', -973932308, 3, 40, 6],
  ['666f6f626172', -790332482, 0, 66, 6],
  ['612d6c6974746c652d6269742d6c6f6e672d737472696e67', -985981536, 1, 12, 3],
  ['612d6c6974746c652d6269742d6c6f6e6765722d737472696e67', -1486304829, 0, 19, 0],
  ['6c6b6a683233346c68396669756839307932336f697568736166756a6861646f66323239706872396831396838396838', -58897971, 3, 77, 2],
  ['6f72646572732d31', 253392195, 0, 95, 0],
  ['4772c3bcc39f65', 1190824359, 4, 59, 2],
  ['e697a5e69cace8aa9e', 1431860170, 6, 70, 5],
  ['f09fa68a', 1257896919, 6, 19, 1],
  ['6b6579207769746820737061636573', 1291295160, 1, 60, 6],
  ['6b61666b61', -798503068, 3, 80, 6],
  ['99', 1288378381, 3, 81, 2],
  ['1834', -1042682160, 0, 88, 5],
  ['5a94c9', -313141582, 4, 66, 3],
  ['390b7702', 612225306, 0, 6, 4],
  ['09d32a595d', 99467382, 0, 82, 0],
  ['41f4b3e59247', -1134459280, 6, 68, 6],
  ['05194bb55dcab3', -1772457477, 2, 71, 5],
  ['0016175aa147e1f3', 1440785583, 6, 83, 5],
  ['e98ee81edf7fae40bf', 731806385, 2, 85, 5],
  ['fced52b202e34d15e5c4', 1378837873, 0, 73, 3],
  ['166fc2edcea4fb1b65e240', -435219086, 1, 62, 6],
  ['e944b31d0705e6c8b71cf8bd', -254753218, 3, 30, 4],
  ['fc97c696693058b22edd1479f1', 1940547272, 6, 72, 0],
  ['e1c82141a6a46d99364cf461b317', -67469886, 1, 62, 6],
  ['ee614cc5a74b029f8f814e38d93995', 1610420826, 0, 26, 6],
  ['94aa2150847891d75da8ddddc46434af', -638076854, 0, 94, 2],
  ['eb50781ae04364f9b3a3f3707eab79470b', -869331060, 6, 88, 4],
  ['00', 375494588, 0, 88, 2],
  ['ffffff', 1548199422, 0, 22, 0],
  ['80', 857690492, 1, 92, 4],
  ['00'.repeat(256), -1497402184, 4, 64, 2],
];

function keyed(key: Uint8Array | null): RecordRange {
  // In the middle of a larger buffer, as keys are.
  const source = Buffer.concat([Buffer.from('before'), key ?? [], Buffer.from('after')].map((part) => Buffer.from(part)));
  return { ...emptyRecordRange(), source, keyStart: key === null ? -1 : 6, keyEnd: key === null ? -1 : 6 + key.length };
}

function create(name: PartitionerName, draws: readonly number[] = [0]): Partitioner {
  let drawn = 0;
  const random = () => draws[drawn++ % draws.length] ?? 0;
  return createPartitioner(name, { random, crc32: (bytes) => crc32(Buffer.from(bytes)), stickyBytes: 100 });
}

function among(count: number, down: readonly number[] = []): PartitionChoice {
  return {
    count,
    available: Array.from({ length: count }, (_, partition) => partition).filter((partition) => !down.includes(partition)),
  };
}

function choices(partitioner: Partitioner, times: number, choice: PartitionChoice): number[] {
  return Array.from({ length: times }, () => partitioner.choose(keyed(null), choice));
}

test.each(JAVA)('key %s has the hash and the partitions that Java gives it', (hex, hash, of7, of100, crcOf7) => {
  const key = Buffer.from(hex, 'hex');
  expect(murmur2(key)).toBe(hash);
  expect(murmur2(Buffer.concat([Buffer.from('xyz'), key, Buffer.from('z')]), 3, 3 + key.length)).toBe(hash);
  expect([partitionOfHash(hash, 7), partitionOfHash(hash, 100)]).toEqual([of7, of100]);
  for (const name of ['murmur2', 'murmur2-random'] as const) {
    expect(create(name).choose(keyed(key), among(7))).toBe(of7);
    expect(create(name).choose(keyed(key), among(100))).toBe(of100);
  }
  expect(create('consistent').choose(keyed(key), among(7))).toBe(crcOf7);
  if (key.length > 0) expect(create('consistent-random').choose(keyed(key), among(7))).toBe(crcOf7);
});

test.each(PARTITIONER_NAMES)('%s: every choice is a partition of the topic', (name) => {
  const partitioner = create(name, [0, 0.2, 0.5, 0.999999]);
  for (const count of [1, 2, 7, 1000]) {
    for (const key of [null, Buffer.alloc(0), Buffer.from('k'), Buffer.from([0xff, 0xfe])]) {
      const partition = partitioner.choose(keyed(key), among(count));
      expect(Number.isInteger(partition) && partition >= 0 && partition < count).toBe(true);
    }
  }
});

test('without a key, consistent takes the partition of an empty key, consistent-random any', () => {
  expect(create('consistent').choose(keyed(null), among(7))).toBe(0);
  const random = create('consistent-random', [0.5, 0.9]);
  expect([random.choose(keyed(null), among(10)), random.choose(keyed(Buffer.alloc(0)), among(10))]).toEqual([5, 9]);
});

test('an empty key is a key for murmur2', () => {
  expect(create('murmur2', [0.99]).choose(keyed(Buffer.alloc(0)), among(7))).toBe(2);
  expect(create('murmur2-random', [0.99]).choose(keyed(null), among(7))).toBe(6);
});

test('random draws for each record, round-robin goes round', () => {
  expect(choices(create('random', [0.1, 0.9, 0.5]), 3, among(10))).toEqual([1, 9, 5]);
  expect(choices(create('round-robin'), 5, among(3))).toEqual([0, 1, 2, 0, 1]);
});

test.each(['murmur2', 'sticky'] as const)('%s: records without a key stay in one partition until its batch is full', (name) => {
  const partitioner = create(name, [0.3, 0.8]);
  expect(choices(partitioner, 3, among(10))).toEqual([3, 3, 3]);
  partitioner.batchFull?.(5);
  expect(choices(partitioner, 2, among(10))).toEqual([3, 3]);
  partitioner.batchFull?.(3);
  expect(choices(partitioner, 2, among(10))).toEqual([8, 8]);
});

test('sticky keeps to the only partition there is', () => {
  const partitioner = create('sticky');
  expect(choices(partitioner, 1, among(1))).toEqual([0]);
  partitioner.batchFull?.(0);
  expect(choices(partitioner, 1, among(1))).toEqual([0]);
});

test('sticky ignores keys, murmur2 does not', () => {
  const key = keyed(Buffer.from('a'));
  expect(create('sticky', [0.1]).choose(key, among(7))).toBe(0);
  expect(create('murmur2', [0.1]).choose(key, among(7))).toBe(5);
});

test('sticky moves on after so many bytes', () => {
  const record = { ...keyed(null), source: Buffer.alloc(60), valueStart: 0, valueEnd: 60 };
  const partitioner = create('sticky', [0.1, 0.5]);
  const got = Array.from({ length: 4 }, () => partitioner.choose(record, among(10)));
  expect(got).toEqual([1, 1, 5, 5]);
});

test('records without a key avoid partitions without a leader while any has one', () => {
  expect(choices(create('round-robin'), 4, among(4, [1, 2]))).toEqual([0, 3, 0, 3]);
  expect(choices(create('random', [0, 0.99]), 2, among(3, [0, 1]))).toEqual([2, 2]);
  expect(choices(create('sticky'), 2, among(3, [0, 1]))).toEqual([2, 2]);
  for (const name of ['round-robin', 'random', 'sticky'] as const) {
    expect(choices(create(name), 1, among(3, [0, 1, 2]))[0]).toBeLessThan(3);
  }
});

test('sticky leaves a partition that loses its leader, and stays in one that keeps it', () => {
  const partitioner = create('sticky', [0, 0.9]);
  expect(choices(partitioner, 1, among(3))).toEqual([0]);
  expect(choices(partitioner, 1, among(3, [1]))).toEqual([0]);
  expect(choices(partitioner, 2, among(3, [0]))).toEqual([2, 2]);
});

test('a stretch ends where the partitioner asked record by record would move on', () => {
  const among = { count: 3, available: [0, 1, 2] };
  const sequence = (): (() => number) => {
    let turn = 0;
    return () => ((turn++ * 7) % 10) / 10;
  };
  const tools = { crc32, stickyBytes: 100 };
  const one = createPartitioner('sticky', { ...tools, random: sequence() });
  const many = createPartitioner('sticky', { ...tools, random: sequence() });
  const record = { ...emptyRecordRange(), valueStart: 0, valueEnd: 30 };
  const wanted = Array.from({ length: 50 }, () => one.choose(record, among));
  const got: number[] = [];
  while (got.length < wanted.length) {
    const stretch = many.stretch?.(among);
    if (stretch === undefined) got.push(many.choose(record, among));
    else {
      const count = Math.min(Math.ceil(stretch.bytes / 30), wanted.length - got.length);
      for (let index = 0; index < count; index++) got.push(stretch.partition);
      many.useStretch?.(count * 30);
    }
  }
  expect(got).toEqual(wanted);
  expect(new Set(got).size).toBeGreaterThan(1);
});
