import { expect, test } from 'vitest';
import { coordinatorFormatter } from '../../../../src/apache/formatters/coordinator-formatter.js';
import { groupMetadataRecords, offsetRecords } from '../../../../src/protocol/coordinator-records/group-records.js';
import { transactionRecords } from '../../../../src/protocol/coordinator-records/transaction-records.js';
import { formatRecord } from './formatter-records.js';

const offsets = coordinatorFormatter(offsetRecords);
// Group "g", topic "t", partition 1.
const offsetKey = Buffer.from('000100016700017400000001', 'hex');

function print(key: Buffer | null, value: string | null): string {
  return formatRecord(offsets, key, value === null ? null : Buffer.from(value, 'hex'));
}

test('a committed offset is one object without a line end', () => {
  // Version 3: offset 7, leader epoch 2, metadata "m", time 9.
  expect(print(offsetKey, '0003' + '0000000000000007' + '00000002' + '00016d' + '0000000000000009')).toBe(
    '{"key":{"type":1,"data":{"group":"g","topic":"t","partition":1}},"value":{"version":3,"data":{"offset":7,"leaderEpoch":2,"metadata":"m","commitTimestamp":9}}}',
  );
});

test('a tagged field is shown where it is set', () => {
  const id = '000102030405060708090a0b0c0d0e0f';
  const value = '0004' + '7fffffffffffffff' + 'ffffffff' + '01' + '0000000000000000' + '010010' + id;
  expect(print(offsetKey, value)).toContain(
    '{"offset":9223372036854775807,"leaderEpoch":-1,"metadata":"","commitTimestamp":0,"topicId":"AAECAwQFBgcICQoLDA0ODw"}',
  );
});

test('a tombstone has a null value; other kinds and records without a key print nothing', () => {
  expect(print(offsetKey, null)).toBe('{"key":{"type":1,"data":{"group":"g","topic":"t","partition":1}},"value":null}');
  expect(print(Buffer.from('0002000167', 'hex'), null)).toBe('');
  expect(print(null, '0003')).toBe('');
});

test.each([
  ['an empty key', Buffer.alloc(0), null, "Could not read record at offset 42 due to: Could not read version from key's buffer."],
  ['an unknown version', offsetKey, '0009', 'Found an unknown record version 9 for 1 type.'],
  ['a value that ends early', offsetKey, '00030000', "Could not read record with version 3 from value's buffer"],
])('%s fails', (_, key, value, text) => {
  expect(() => print(key, value)).toThrow(text);
});

test('bytes are base64 and null is null', () => {
  const value =
    '0000' +
    '000163' +
    '00000001' +
    'ffff' +
    '00016c' +
    '00000001' +
    '00016d' +
    '000163' +
    '000168' +
    '00000000' +
    '00000003010203' +
    '00000000';
  expect(
    formatRecord(coordinatorFormatter(groupMetadataRecords), Buffer.from('0002000167', 'hex'), Buffer.from(value, 'hex')),
  ).toBe(
    '{"key":{"type":2,"data":{"group":"g"}},"value":{"version":0,"data":{"protocolType":"c","generation":1,"protocol":null,"leader":"l","members":[{"memberId":"m","clientId":"c","clientHost":"h","sessionTimeout":0,"subscription":"AQID","assignment":""}]}}}',
  );
});

test('a transaction without partitions shows null or an empty list as it was written', () => {
  const value = (partitions: string): Buffer =>
    Buffer.from(`0000${'0'.repeat(15)}100000000000000${partitions}${'0'.repeat(32)}`, 'hex');
  const print = (bytes: Buffer): string =>
    formatRecord(coordinatorFormatter(transactionRecords), Buffer.from('0000000178', 'hex'), bytes);
  expect(print(value('ffffffff'))).toContain('"transactionPartitions":null');
  expect(print(value('00000000'))).toContain('"transactionPartitions":[]');
});
