import { expect, test } from 'vitest';
import { recordTimes } from '../../../../src/client/queries/record-times.js';
import { FakeBrokers } from '../fetcher/fake-brokers.js';
import { FakeLog } from '../fetcher/fake-log.js';

const never = new AbortController().signal;
const span = (partition: number, start: bigint, stop: bigint) => ({ topic: 't', partition, start, stop });

async function timesOf(log: FakeLog, start: bigint, stop: bigint) {
  const brokers = new FakeBrokers();
  brokers.add('t', 0, log);
  const asked = span(0, start, stop);
  return (await recordTimes(brokers, [asked], never)).get(asked);
}

test('the first and the last record of a span tell its times, whatever lies around it', async () => {
  const log = new FakeLog().append(['a', 'b', 'c'], { timestamp: 100 }).append(['d', 'e'], { timestamp: 200 });
  expect(await timesOf(log, 1n, 4n)).toEqual({ first: 100n, last: 200n });
  expect(await timesOf(log, 1n, 2n)).toEqual({ first: 100n, last: 100n });
});

test('the last time stays unknown where no record stands below the cut', async () => {
  const log = new FakeLog().append(['a'], { timestamp: 100, producerId: 7n }).append([], { producerId: 7n, control: 'commit' });
  expect(await timesOf(log, 0n, 2n)).toEqual({ first: 100n, last: undefined });
});

test('what holds nothing, and more than a person would wait for, is not read', async () => {
  const brokers = new FakeBrokers();
  brokers.add('t', 0, new FakeLog().append(['a']));
  expect(await recordTimes(brokers, [span(0, 1n, 1n)], never)).toEqual(new Map());
  const many = Array.from({ length: 65 }, (_, partition) => span(partition, 0n, 1n));
  expect(await recordTimes(brokers, many, never)).toEqual(new Map());
  expect(brokers.fetches).toEqual([]);
});

test('a partition that cannot be read costs its times and nothing else', async () => {
  const brokers = new FakeBrokers();
  brokers.topicErrors.set('t', 29);
  brokers.add('t', 0, new FakeLog().append(['a']));
  const asked = span(0, 0n, 1n);
  expect((await recordTimes(brokers, [asked], never)).get(asked)).toEqual({ first: undefined, last: undefined });
});

test('an interrupted run ends', async () => {
  const brokers = new FakeBrokers();
  brokers.add('t', 0, new FakeLog().append(['a']));
  await expect(recordTimes(brokers, [span(0, 0n, 1n)], AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
});
