import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ConsumerProtocolSubscription,
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from '../../../src/protocol/messages/consumer-protocol.js';
import { ProtocolError } from '../../../src/protocol/protocol-error.js';
import { arbitraryValue } from './arbitrary-value.js';

test('any subscription of any version is read back', () => {
  const subscription = fc
    .integer({ min: 0, max: 3 })
    .chain((version) =>
      arbitraryValue(ConsumerProtocolSubscription, { version, flexible: false }).map((value) => ({ version, value })),
    );
  fc.assert(
    fc.property(subscription, ({ version, value }) => {
      expect(decodeSubscription(encodeSubscription(value as Parameters<typeof encodeSubscription>[0], version))).toEqual(value);
    }),
  );
});

test('an old version drops what it has no field for', () => {
  const bytes = encodeSubscription({ topics: ['a'], ownedPartitions: [{ topic: 'a', partitions: [1] }], rackId: 'r' }, 0);
  expect(bytes.toString('hex')).toBe('0000' + '00000001' + '000161' + 'ffffffff');
});

test('a version newer than ours is read as far as we know it', () => {
  const bytes = Buffer.concat([encodeAssignment({ assignedPartitions: [{ topic: 'a', partitions: [0, 2] }] }), Buffer.from('new')]);
  bytes.writeInt16BE(9);
  expect(decodeAssignment(bytes)).toEqual({ assignedPartitions: [{ topic: 'a', partitions: [0, 2] }], userData: null });
});

test('no bytes are an assignment of nothing', () => {
  expect(decodeAssignment(Buffer.alloc(0))).toEqual({ assignedPartitions: [], userData: null });
});

test('bytes of another protocol are a protocol error', () => {
  expect(() => decodeSubscription(Buffer.from('{"connector":1}'))).toThrow(ProtocolError);
  expect(() => decodeSubscription(Buffer.alloc(0))).toThrow(ProtocolError);
});
