import { expect, test } from 'vitest';
import { type FetcherOptions, openFetcher } from '../../../../src/client/fetcher/fetcher.js';
import { errorCode } from '../../../../src/protocol/errors.js';
import { zeroUuid } from '../../../../src/protocol/primitives.js';
import { FakeBrokers, partitionAnswer } from './fake-brokers.js';
import { FakeLog } from './fake-log.js';
import { FakePace } from './fake-pace.js';

async function readAll(log: FakeLog, stop: bigint, options: Partial<FetcherOptions> = {}) {
  const brokers = new FakeBrokers();
  brokers.add('t', 0, log);
  const ranges = [{ topic: 't', partition: 0, start: 0n, stop }];
  const fetcher = openFetcher(brokers, { ranges, pace: new FakePace(), ...options });
  const seen: number[] = [];
  for await (const chunk of fetcher) chunk.forEachRecord((record) => seen.push(Number(record.offset)));
  return { seen, position: fetcher.position({ topic: 't', partition: 0 }) };
}

test('nothing to read ends at once, without a request', async () => {
  const brokers = new FakeBrokers();
  const fetcher = openFetcher(brokers, { ranges: [{ topic: 't', partition: 0, start: 5n, stop: 5n }], pace: new FakePace() });
  expect(await fetcher.next()).toBeUndefined();
  expect(brokers.fetches).toEqual([]);
});

test('a stop in a compacted gap is reached', async () => {
  expect(await readAll(new FakeLog().append(['a']).append(['b'], { base: 10n }), 7n)).toEqual({ seen: [0], position: 7n });
});

test('a stop behind records that compaction removed from the very end of the log is reached', async () => {
  const log = new FakeLog().append(['a']).append(['b', 'c']);
  log.compact((base) => base === 0n);
  expect(await readAll(log, 3n)).toEqual({ seen: [0], position: 3n });
});

test('a stop behind a trailing transaction marker is reached, shown or not', async () => {
  const log = () => new FakeLog().append(['a'], { producerId: 7n }).append([], { producerId: 7n, control: 'commit' });
  expect(await readAll(log(), 2n)).toEqual({ seen: [0], position: 2n });
  expect(await readAll(log(), 2n, { isolationLevel: 'read_committed' })).toEqual({ seen: [0], position: 2n });
});

test('a log of nothing but an aborted transaction ends without a record', async () => {
  const log = new FakeLog().append(['a'], { producerId: 7n }).append([], { producerId: 7n, control: 'abort' });
  log.aborted = [{ producerId: 7n, firstOffset: 0n }];
  expect(await readAll(log, 2n, { isolationLevel: 'read_committed' })).toEqual({ seen: [], position: 2n });
});

test('with read_committed a stop behind an open transaction is reached where the transaction starts', async () => {
  const log = new FakeLog().append(['a', 'b']).append(['c'], { producerId: 7n }).append(['d']);
  log.openAt = 2n;
  expect(await readAll(log, 4n, { isolationLevel: 'read_committed' })).toEqual({ seen: [0, 1], position: 4n });
  expect(await readAll(log, 4n)).toEqual({ seen: [0, 1, 2, 3], position: 4n });
});

test('a stop behind the end of the log waits for the records to come', async () => {
  const brokers = new FakeBrokers();
  const log = brokers.add('t', 0, new FakeLog().append(['a']));
  brokers.onFetch = () => {
    if (brokers.fetches.length === 5) log.append(['b', 'c']);
    return undefined;
  };
  const ranges = [{ topic: 't', partition: 0, start: 0n, stop: 2n }];
  const fetcher = openFetcher(brokers, { ranges, pace: new FakePace() });
  const seen: number[] = [];
  for await (const chunk of fetcher) chunk.forEachRecord((record) => seen.push(Number(record.offset)));
  expect(seen).toEqual([0, 1]);
});

test('a caller that takes nothing is sent three responses at most', async () => {
  const brokers = new FakeBrokers();
  brokers.add('t', 0, new FakeLog().fill(1000));
  const ranges = [{ topic: 't', partition: 0, start: 0n, stop: 1000n }];
  const fetcher = openFetcher(brokers, { ranges, pace: new FakePace(), partitionMaxBytes: 200 });
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(brokers.fetches).toHaveLength(2);
  await fetcher.next();
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(brokers.fetches).toHaveLength(3);
  await fetcher.close();
});

test('a walk that its visitor ends goes no further', async () => {
  const brokers = new FakeBrokers();
  brokers.add('t', 0, new FakeLog().fill(100));
  const fetcher = openFetcher(brokers, { ranges: [{ topic: 't', partition: 0, start: 0n, stop: 100n }], pace: new FakePace() });
  const chunk = await fetcher.next();
  const seen: bigint[] = [];
  expect(chunk?.forEachRecord((record) => seen.push(record.offset) < 15)).toBe(false);
  expect(seen).toHaveLength(15);
  await fetcher.close();
});

test('what was read of a partition that is given up is not handed out, and the others go on', async () => {
  const brokers = new FakeBrokers();
  for (const partition of [0, 1]) brokers.add('t', partition, new FakeLog().fill(100));
  const ranges = [0, 1].map((partition) => ({ topic: 't', partition, start: 0n, stop: 100n }));
  const fetcher = openFetcher(brokers, { ranges, pace: new FakePace(), partitionMaxBytes: 300 });
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  fetcher.remove([{ topic: 't', partition: 0 }]);
  const seen: number[] = [];
  for await (const chunk of fetcher) seen.push(chunk.partition);
  expect(new Set(seen)).toEqual(new Set([1]));
});

test('a seek goes on at the new offset, with nothing of the old place in between', async () => {
  const brokers = new FakeBrokers();
  brokers.add('t', 0, new FakeLog().fill(100));
  const fetcher = openFetcher(brokers, {
    ranges: [{ topic: 't', partition: 0, start: 0n, stop: 100n }],
    pace: new FakePace(),
    partitionMaxBytes: 200,
  });
  await fetcher.next();
  fetcher.seek({ topic: 't', partition: 0 }, 90n);
  const seen: number[] = [];
  for await (const chunk of fetcher) chunk.forEachRecord((record) => seen.push(Number(record.offset)));
  expect(seen).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
});

test('an aborted signal ends a waiting next at once, and close ends it without an error', async () => {
  const controller = new AbortController();
  const brokers = new FakeBrokers();
  brokers.add('t', 0, new FakeLog());
  const ranges = [{ topic: 't', partition: 0, start: 0n }];
  const aborted = openFetcher(brokers, { ranges, pace: new FakePace(), signal: controller.signal });
  const waiting = aborted.next();
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  await aborted.close();
  const closed = openFetcher(brokers, { ranges, pace: new FakePace() });
  const next = closed.next();
  await closed.close();
  expect(await next).toBeUndefined();
});

test('a first batch that a broker cuts short is asked for again with room for all of it', async () => {
  const brokers = new FakeBrokers();
  const log = brokers.add('t', 0, new FakeLog().append(['x'.repeat(5000)]));
  brokers.onFetch = ({ body }) => {
    const asked = body.topics[0]?.partitions[0]?.partitionMaxBytes ?? 0;
    const records = log.read(0n, { isCommittedOnly: false, limit: 10_000, isWholeFirst: true }).subarray(0, asked);
    const partitions = [partitionAnswer(0, { highWatermark: 1n, lastStableOffset: 1n, records })];
    return { throttleTimeMs: 0, errorCode: 0, sessionId: 0, responses: [{ topic: 't', topicId: zeroUuid, partitions }] };
  };
  const ranges = [{ topic: 't', partition: 0, start: 0n, stop: 1n }];
  const fetcher = openFetcher(brokers, { ranges, pace: new FakePace(), partitionMaxBytes: 100, maxBytes: 100 });
  expect((await fetcher.next())?.nextOffset).toBe(1n);
  expect(await fetcher.next()).toBeUndefined();
  expect(brokers.fetches).toHaveLength(2);
  expect(brokers.fetches[1]?.body.maxBytes).toBeGreaterThan(5000);
});

test('a broker that asks to be spared is left alone for as long', async () => {
  const brokers = new FakeBrokers();
  const log = brokers.add('t', 0, new FakeLog().fill(100));
  const pace = new FakePace();
  const sleeps: number[] = [];
  pace.onSleep = (ms) => sleeps.push(ms);
  brokers.onFetch = () => {
    if (brokers.fetches.length > 1) return undefined;
    return { throttleTimeMs: 700, errorCode: 0, sessionId: 0, responses: [] };
  };
  const ranges = [{ topic: 't', partition: 0, start: 0n, stop: log.highWatermark }];
  const fetcher = openFetcher(brokers, { ranges, pace });
  expect((await fetcher.next())?.start).toBe(0n);
  expect(sleeps).toEqual([700]);
  await fetcher.close();
});

test('a refusal of the whole request is tried again', async () => {
  const brokers = new FakeBrokers();
  brokers.add('t', 0, new FakeLog().fill(10));
  brokers.onFetch = () => {
    if (brokers.fetches.length > 2) return undefined;
    return { throttleTimeMs: 0, errorCode: errorCode.FETCH_SESSION_ID_NOT_FOUND, sessionId: 0, responses: [] };
  };
  const ranges = [{ topic: 't', partition: 0, start: 0n, stop: 10n }];
  const fetcher = openFetcher(brokers, { ranges, pace: new FakePace() });
  expect((await fetcher.next())?.nextOffset).toBe(10n);
  await fetcher.close();
});

test('a topic that must not be read is an error at once', async () => {
  const brokers = new FakeBrokers();
  brokers.add('t', 0, new FakeLog());
  brokers.onFetch = () => {
    const partitions = [partitionAnswer(0, { errorCode: errorCode.TOPIC_AUTHORIZATION_FAILED })];
    return { throttleTimeMs: 0, errorCode: 0, sessionId: 0, responses: [{ topic: 't', topicId: zeroUuid, partitions }] };
  };
  const fetcher = openFetcher(brokers, { ranges: [{ topic: 't', partition: 0, start: 0n }], pace: new FakePace() });
  await expect(fetcher.next()).rejects.toMatchObject({ code: 'authorization' });
});
