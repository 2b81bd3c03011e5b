import { expect, test } from 'vitest';
import { refuseOtherShape } from '../../../src/sandbox/refuse-other-shape.js';
import type { SandboxState } from '../../../src/sandbox/sandbox-state.js';

const broker = (id: number, port: number) => ({ id, pid: 1, port, plainPort: port, dir: `/b${id}` });
const state: SandboxState = {
  version: 1,
  kafkaVersion: '4.3.0',
  clusterId: 'c',
  bootstrap: '127.0.0.1:19000,127.0.0.1:19001,127.0.0.1:19002',
  extraConfig: { 'num.partitions': '3' },
  startedAt: '2026-11-21T08:00:00.000Z',
  brokers: [broker(1, 19_000), broker(2, 19_001), broker(3, 19_002)],
};

test.each([[{}], [{ brokers: 3, port: 19_000, kafkaVersion: '4.3.0', extraConfig: { 'num.partitions': '3' } }]] as const)(
  'what a running sandbox is already may be asked for: %j',
  (asked) => {
    expect(() => refuseOtherShape(state, asked, true)).not.toThrow();
  },
);

test.each([
  [{ brokers: 1 }, '--brokers 1'],
  [{ port: 9092 }, '--port 9092'],
  [{ kafkaVersion: '3.9.0' }, '--kafka-version 3.9.0'],
  [{ secure: true }, '--secure'],
  [{ extraConfig: { 'num.partitions': '4' } }, 'another --config num.partitions'],
  [{ port: 1, brokers: 1 }, '--brokers 1 and --port 1'],
] as const)('%j contradicts a running sandbox', (asked, named) => {
  expect(() => refuseOtherShape(state, asked, true)).toThrow(
    `this sandbox is there already, with 3 brokers of Kafka 4.3.0 at ${state.bootstrap}, and not with ${named}`,
  );
});

test('a sandbox of which no broker runs may move, but not become another', () => {
  expect(() => refuseOtherShape(state, { port: 9092, extraConfig: { a: 'b' } }, false)).not.toThrow();
  expect(() => refuseOtherShape(state, { brokers: 1 }, false)).toThrow('--brokers 1');
});
