import { expect, test } from 'vitest';
import { DefaultPartitioner } from '../../../../src/client/producer/default-partitioner.js';
import { murmur2 } from '../../../../src/client/producer/murmur2.js';
import { emptyRecordRange, type RecordRange } from '../../../../src/core/record-formats/record-range.js';

const hashes: [string, Buffer, number][] = [
  ['nothing', Buffer.from(''), 275646681],
  ['one byte', Buffer.from('a'), -1563381124],
  ['two bytes', Buffer.from('ab'), 316155434],
  ['three bytes', Buffer.from('abc'), 479470107],
  ['one word', Buffer.from('abcd'), -1323649548],
  ['a word and a byte', Buffer.from('abcde'), 461995741],
  ['bytes past 127', Buffer.from('Größe'), -255045697],
  ['bytes that are no text', Buffer.from([250, 123, 252, 125, 254, 127, 0]), -1959567566],
];

test.each(hashes)("the hash of %s is Java's", (_, bytes, hash) => {
  const source = Buffer.concat([Buffer.from('<<'), bytes, Buffer.from('>>')]);
  expect(murmur2(source, 2, 2 + bytes.length)).toBe(hash);
});

function record(key: string | undefined, valueBytes: number): RecordRange {
  const source = Buffer.concat([Buffer.from(key ?? ''), Buffer.alloc(valueBytes)]);
  const keyEnd = Buffer.byteLength(key ?? '');
  const keys = key === undefined ? { keyStart: -1, keyEnd: -1 } : { keyStart: 0, keyEnd };
  return { ...emptyRecordRange(), ...keys, source, valueStart: keyEnd, valueEnd: source.length };
}

test('a key goes to the partition Java sends it to, whether that has a leader or not', () => {
  const partitioner = new DefaultPartitioner();
  const expected = (333354507 & 0x7fffffff) % 6;
  expect(partitioner.choose(record('key-21', 10), { count: 6, available: [0] })).toBe(expected);
});

test('records without key stay on one partition for 16 KB and then move on, never to one without a leader', () => {
  const dice = [0.99, 0, 0.5];
  const partitioner = new DefaultPartitioner(() => dice.shift() ?? 0);
  const among = { count: 5, available: [1, 3, 4] };
  const chosen = Array.from({ length: 5 }, () => partitioner.choose(record(undefined, 8 * 1024), among));
  expect(chosen).toEqual([4, 4, 1, 1, 3]);
});

test('without any leader records still get a partition to wait in', () => {
  expect(new DefaultPartitioner(() => 0.5).choose(record(undefined, 1), { count: 4, available: [] })).toBe(2);
});
