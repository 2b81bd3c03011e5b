import { expect, test } from 'vitest';
import { findOffsets } from '../../../../src/client/queries/find-offsets.js';
import { FakeBrokers } from '../fetcher/fake-brokers.js';
import { FakeLog } from '../fetcher/fake-log.js';

const signal = new AbortController().signal;

function brokers(): FakeBrokers {
  const log = new FakeLog()
    .append(['a'], { timestamp: -5000 })
    .append(['b'], { timestamp: -1 })
    .append(['c'], { timestamp: -4 })
    .append(['d'], { timestamp: 100 });
  const fake = new FakeBrokers();
  fake.add('t', 0, log);
  fake.add('t', 1, new FakeLog().append(['x'], { timestamp: -9000 }));
  return fake;
}

const at = (ms: bigint, partition = 0) => ({ topic: 't', partition, at: { kind: 'timestamp', ms } as const });

test('a time before 1970, which brokers do not look up, is found by reading; a record without a time is none', async () => {
  const found = await findOffsets(brokers(), [at(-9000n), at(-5000n), at(-4999n), at(-3n), at(-2n, 1)], { signal });
  expect(found.map(({ offset, timestamp }) => [offset, timestamp])).toEqual([
    [0n, -5000n],
    [0n, -5000n],
    [2n, -4n],
    [3n, 100n],
    [undefined, undefined],
  ]);
});

test('answers stand in the order of the questions, and other places are asked of brokers', async () => {
  const earliest = { topic: 't', partition: 0, at: { kind: 'earliest' } as const };
  const latest = { topic: 't', partition: 0, at: { kind: 'latest' } as const };
  const found = await findOffsets(brokers(), [latest, at(-4n), earliest], { signal });
  expect(found.map(({ offset }) => offset)).toEqual([4n, 2n, 0n]);
});

test('a partition that cannot be read is an error', async () => {
  const fake = brokers();
  fake.topicErrors.set('t', 29);
  await expect(findOffsets(fake, [at(-5n)], { signal })).rejects.toMatchObject({ kafkaName: 'TOPIC_AUTHORIZATION_FAILED' });
});
