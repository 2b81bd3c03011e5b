import { expect, test } from 'vitest';
import { firstTimestamps, lastTimestamps } from '../../../../src/client/queries/span-timestamps.js';
import { FakeBrokers } from '../fetcher/fake-brokers.js';
import { FakeLog } from '../fetcher/fake-log.js';

const signal = new AbortController().signal;
const span = (start: bigint, stop: bigint, partition = 0) => ({ topic: 't', partition, start, stop });

function brokersWith(...logs: FakeLog[]): FakeBrokers {
  const brokers = new FakeBrokers();
  for (const [partition, log] of logs.entries()) brokers.add('t', partition, log);
  return brokers;
}

test('spans have the times of their first and last records, also where several share a partition', async () => {
  const log = new FakeLog()
    .append(['a', 'b'], { timestamp: 100 })
    .append(['c', 'd'], { timestamp: 50 })
    .append(['e'], { timestamp: 70 });
  const brokers = brokersWith(log, new FakeLog().append(['x'], { timestamp: 7 }));
  const spans = [span(0n, 5n), span(2n, 5n), span(1n, 4n), span(0n, 1n, 1)];
  expect([...(await firstTimestamps(brokers, spans, { signal })).entries()]).toEqual([
    [spans[0], 100n],
    [spans[3], 7n],
    [spans[1], 50n],
    [spans[2], 100n],
  ]);
  const lasts = await lastTimestamps(brokers, spans, { signal });
  expect(spans.map((each) => lasts.get(each))).toEqual([70n, 70n, 50n, 7n]);
});

test('ends of transactions are no records: the first and the last are looked for behind and before them', async () => {
  const log = new FakeLog().append(['a'], { timestamp: 100 }).append(['b'], { timestamp: 200, producerId: 7n });
  for (let marker = 0; marker < 40; marker++) log.append([], { producerId: 7n, control: 'commit' });
  const brokers = brokersWith(log);
  const [all, markers] = [span(0n, 42n), span(2n, 42n)];
  const lasts = await lastTimestamps(brokers, [all, markers], { signal });
  expect(lasts.get(all)).toBe(200n);
  expect(lasts.has(markers)).toBe(false);
  expect((await firstTimestamps(brokers, [markers], { signal })).size).toBe(0);
});

test('read_committed passes over what was aborted', async () => {
  const log = new FakeLog()
    .append(['a'], { timestamp: 100, producerId: 7n })
    .append([], { producerId: 7n, control: 'abort' })
    .append(['b'], { timestamp: 200 });
  log.aborted = [{ producerId: 7n, firstOffset: 0n }];
  const all = span(0n, 3n);
  expect((await firstTimestamps(brokersWith(log), [all], { signal })).get(all)).toBe(100n);
  expect((await firstTimestamps(brokersWith(log), [all], { signal, isolation: 'read_committed' })).get(all)).toBe(200n);
});

test('spans that hold nothing are not read, and a partition that cannot be read is an error', async () => {
  const brokers = brokersWith(new FakeLog().append(['a']));
  const nothing = [span(1n, 1n)];
  expect((await firstTimestamps(brokers, nothing, { signal })).size).toBe(0);
  expect((await lastTimestamps(brokers, nothing, { signal })).size).toBe(0);
  expect(brokers.fetches).toEqual([]);
  brokers.topicErrors.set('t', 29);
  await expect(firstTimestamps(brokers, [span(0n, 1n)], { signal })).rejects.toMatchObject({ code: 'authorization' });
});
