import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fetcher, type FetcherOptions, openFetcher } from '../../../../src/client/fetcher/fetcher.js';
import type { FetchEvent } from '../../../../src/client/fetcher/fetcher-options.js';
import { loadCodec } from '../../../../src/protocol/compression/load-codec.js';
import { FakeBrokers } from './fake-brokers.js';
import { FakeLog } from './fake-log.js';
import { FakePace } from './fake-pace.js';

/** `topic-partition` and everything read of it, in order. */
async function drain(fetcher: Fetcher): Promise<Record<string, string[]>> {
  const seen: Record<string, string[]> = {};
  for await (const chunk of fetcher) {
    const values = (seen[`${chunk.topic}-${chunk.partition}`] ??= []);
    chunk.forEachRecord((record) => values.push(record.buffer.toString('utf8', record.valueStart, record.valueEnd)));
  }
  return seen;
}

function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => String(from + index));
}

function open(brokers: FakeBrokers, options: Partial<FetcherOptions> = {}): Fetcher {
  return openFetcher(brokers, { ranges: [{ topic: 't', partition: 0, start: 0n, stop: 100n }], pace: new FakePace(), ...options });
}

function oneLog(log = new FakeLog().fill(100)): FakeBrokers {
  const brokers = new FakeBrokers();
  brokers.add('t', 0, log);
  return brokers;
}

test('a partition is read from its start to its stop, whatever batches the two fall into', async () => {
  const fetcher = open(oneLog(), { ranges: [{ topic: 't', partition: 0, start: 33n, stop: 77n }] });
  expect(await drain(fetcher)).toEqual({ 't-0': numbers(33, 77) });
  expect(fetcher.position({ topic: 't', partition: 0 })).toBe(77n);
});

test('many partitions on several brokers are all read whole and in order, however small the answers are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ end: fc.nat(60), batch: fc.integer({ min: 1, max: 9 }), leader: fc.integer({ min: 1, max: 3 }) }), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.integer({ min: 1, max: 900 }),
      fc.integer({ min: 1, max: 2000 }),
      async (shapes, partitionMaxBytes, maxBytes) => {
        const brokers = new FakeBrokers();
        shapes.forEach(({ end, batch, leader }, partition) => {
          brokers.add('t', partition, new FakeLog().fill(end, batch)).leader = leader;
        });
        const ranges = shapes.map(({ end }, partition) => ({ topic: 't', partition, start: 0n, stop: BigInt(end) }));
        const seen = await drain(open(brokers, { ranges, partitionMaxBytes, maxBytes }));
        shapes.forEach(({ end }, partition) => expect(seen[`t-${partition}`] ?? []).toEqual(numbers(0, end)));
      },
    ),
    { numRuns: 60 },
  );
});

test('every codec is read', async () => {
  for (const type of ['gzip', 'snappy', 'lz4', 'zstd'] as const) {
    const log = new FakeLog().append(numbers(0, 50), { codec: await loadCodec(type) }).append(numbers(50, 100));
    expect(await drain(open(oneLog(log)))).toEqual({ 't-0': numbers(0, 100) });
  }
});

test('a leader change in the middle loses nothing and repeats nothing', async () => {
  const brokers = oneLog();
  const log = brokers.logs.get('t-0') as FakeLog; // just put there
  brokers.onFetch = () => {
    if (brokers.fetches.length === 3) Object.assign(log, { leader: 2, epoch: 1 });
    return undefined;
  };
  expect(await drain(open(brokers, { partitionMaxBytes: 200 }))).toEqual({ 't-0': numbers(0, 100) });
  expect(new Set(brokers.fetches.map(({ broker }) => broker))).toEqual(new Set([1, 2]));
});

test('a broker that dies is left for the new leader, and one that stays away for a while is waited for', async () => {
  const brokers = oneLog();
  const log = brokers.logs.get('t-0') as FakeLog; // just put there
  const pace = new FakePace();
  brokers.onFetch = () => {
    if (brokers.fetches.length === 2) {
      brokers.down.add(1);
      log.leader = undefined;
    }
    return undefined;
  };
  let sleeps = 0;
  pace.onSleep = () => {
    if (++sleeps === 5) Object.assign(log, { leader: 2, epoch: 1 });
  };
  expect(await drain(open(brokers, { pace, partitionMaxBytes: 200 }))).toEqual({ 't-0': numbers(0, 100) });
});

test('a partition that nobody serves is an error that names it, after all that could be read of the others', async () => {
  const brokers = oneLog();
  brokers.add('t', 1, new FakeLog()).leader = undefined;
  const ranges = [0, 1].map((partition) => ({ topic: 't', partition, start: 0n, stop: 100n }));
  const fetcher = open(brokers, { ranges, unavailableTimeoutMs: 10_000 });
  const seen: string[] = [];
  const reading = (async () => {
    for await (const chunk of fetcher) chunk.forEachRecord((record) => seen.push(record.offset.toString()));
  })();
  await expect(reading).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('t-1') as string });
  expect(seen).toEqual(numbers(0, 100));
});

test('an offset out of range is an error that names the partition, the offset and what the log holds', async () => {
  const brokers = oneLog();
  Object.assign(brokers.logs.get('t-0') as FakeLog, { start: 40n }); // just put there
  await expect(open(brokers).next()).rejects.toMatchObject({
    code: 'input',
    message: 'offset 0 of partition t-0 is out of range: its log goes from 40 to 100',
  });
});

test('by policy an offset out of range starts at the log start, and says so', async () => {
  const brokers = oneLog();
  Object.assign(brokers.logs.get('t-0') as FakeLog, { start: 40n }); // just put there
  const events: FetchEvent[] = [];
  const fetcher = open(brokers, { outOfRange: 'earliest', onEvent: (event) => events.push(event) });
  expect(await drain(fetcher)).toEqual({ 't-0': numbers(40, 100) });
  expect(events).toEqual([{ kind: 'reset', topic: 't', partition: 0, from: 0n, to: 40n }]);
});

test('a start at an end of the log is looked up, and is not an event', async () => {
  const brokers = oneLog();
  const events: FetchEvent[] = [];
  const fetcher = open(brokers, {
    ranges: [{ topic: 't', partition: 0, start: 'latest' }],
    onEvent: (event) => events.push(event),
  });
  const next = fetcher.next();
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  brokers.logs.get('t-0')?.fill(101);
  const chunk = await next;
  expect(chunk?.start).toBe(100n);
  expect(events).toEqual([]);
  await fetcher.close();
});

test('records lost in a leader change are an error', async () => {
  const brokers = oneLog();
  const log = brokers.logs.get('t-0') as FakeLog; // just put there
  brokers.onFetch = () => {
    if (brokers.fetches.length === 4) loseTail(log);
    return undefined;
  };
  await expect(drain(open(brokers, { partitionMaxBytes: 200 }))).rejects.toMatchObject({
    code: 'broker',
    message: expect.stringMatching(
      /t-0 lost records of leader epoch 0 below offset \d+: its new leader has them only up to offset 10/,
    ) as string,
  });
});

test('by policy records lost in a leader change are an event, and reading goes on where the logs part', async () => {
  const brokers = oneLog();
  const log = brokers.logs.get('t-0') as FakeLog; // just put there
  brokers.onFetch = () => {
    if (brokers.fetches.length === 4) loseTail(log);
    return undefined;
  };
  const events: FetchEvent[] = [];
  const fetcher = open(brokers, { partitionMaxBytes: 200, outOfRange: 'earliest', onEvent: (event) => events.push(event) });
  const seen = (await drain(fetcher))['t-0'] ?? [];
  expect(events).toMatchObject([{ kind: 'truncated', to: 10n }]);
  expect(seen.slice(-90)).toEqual(numbers(10, 100));
});

function loseTail(log: FakeLog): void {
  log.truncate(10n);
  Object.assign(log, { leader: 2, epoch: 1 });
  log.fill(100);
}

test('a topic that is deleted while it is read is an error', async () => {
  const brokers = oneLog();
  brokers.onFetch = () => {
    if (brokers.fetches.length === 2) brokers.logs.clear();
    return undefined;
  };
  await expect(drain(open(brokers, { partitionMaxBytes: 200 }))).rejects.toMatchObject({
    code: 'not-found',
    message: "topic 't' was deleted while being read",
  });
});

test('a topic that was deleted and created again is not read on as if it were the same', async () => {
  const brokers = oneLog();
  brokers.topicIds.set('t', 'one');
  brokers.onFetch = () => {
    if (brokers.fetches.length === 2) {
      brokers.topicIds.set('t', 'two');
      Object.assign(brokers.logs.get('t-0') as FakeLog, { leader: 2 }); // just put there
    }
    return undefined;
  };
  await expect(drain(open(brokers, { partitionMaxBytes: 200 }))).rejects.toMatchObject({ code: 'not-found' });
});

test('a topic of the same name, with records at the same offsets, is not taken for the one that was read', async () => {
  const brokers = oneLog();
  brokers.topicIds.set('t', 'one');
  brokers.onFetch = () => {
    if (brokers.fetches.length === 2) brokers.topicIds.set('t', 'two');
    return undefined;
  };
  await expect(drain(open(brokers, { partitionMaxBytes: 200 }))).rejects.toMatchObject({
    code: 'not-found',
    message: "topic 't' was deleted and created again while being read",
  });
});

test('who waits for what is missing goes on by policy when the topic is created again', async () => {
  const brokers = oneLog();
  brokers.topicIds.set('t', 'one');
  const pace = new FakePace();
  let sleeps = 0;
  brokers.onFetch = () => {
    if (brokers.fetches.length === 2) brokers.logs.clear();
    return undefined;
  };
  pace.onSleep = () => {
    if (++sleeps !== 20) return;
    brokers.topicIds.set('t', 'two');
    brokers.add('t', 0, new FakeLog().fill(100));
  };
  const events: FetchEvent[] = [];
  const onEvent = (event: FetchEvent): void => void events.push(event);
  const policy = { missing: 'wait', outOfRange: 'earliest' } as const;
  const seen = (await drain(open(brokers, { ...policy, pace, partitionMaxBytes: 200, onEvent })))['t-0'] ?? [];
  expect(seen.slice(-100)).toEqual(numbers(0, 100));
  expect(events).toMatchObject([{ kind: 'recreated', to: 0n }]);
});

test('a partition that does not exist is an error', async () => {
  const fetcher = open(oneLog(), { ranges: [{ topic: 't', partition: 9, start: 0n }] });
  await expect(fetcher.next()).rejects.toMatchObject({ code: 'not-found', message: "topic 't' has no partition 9" });
});

test('a batch that stays corrupt is an error that names it, after the batches before it', async () => {
  const brokers = oneLog();
  brokers.logs.get('t-0')?.corrupt(30n);
  const fetcher = open(brokers);
  const chunk = await fetcher.next();
  expect(chunk?.nextOffset).toBe(30n);
  await expect(fetcher.next()).rejects.toMatchObject({
    code: 'protocol',
    message: 'batch at offset 30 of partition t-0 is corrupt: its checksum does not match (asked 8 times)',
    hint: expect.stringMatching(/broker 1.*topics describe t;.*--partition 0 --offset 40$/) as string,
  });
  expect(brokers.fetches.filter(({ body }) => body.topics[0]?.partitions[0]?.fetchOffset === 30n)).toHaveLength(7);
});

test('a nearer replica that the leader names is read from, and left when it does not have the offset', async () => {
  const brokers = oneLog();
  const log = brokers.logs.get('t-0') as FakeLog; // just put there
  Object.assign(log, { preferred: 2, followers: [2] });
  brokers.onFetch = ({ broker, body }) => {
    if (broker !== 2 || (body.topics[0]?.partitions[0]?.fetchOffset ?? 0n) < 50n) return undefined;
    log.preferred = undefined;
    log.followers = [];
    return undefined;
  };
  expect(await drain(open(brokers, { rack: 'r2', partitionMaxBytes: 200 }))).toEqual({ 't-0': numbers(0, 100) });
  expect(brokers.fetches.map(({ broker }) => broker).slice(0, 2)).toEqual([1, 2]);
  expect(brokers.fetches.at(-1)?.broker).toBe(1);
  expect(brokers.fetches.every(({ body }) => body.rackId === 'r2')).toBe(true);
});

test('who waits without end for a topic that is gone is told so once, however many partitions it had', async () => {
  const brokers = new FakeBrokers();
  for (const partition of [0, 1, 2]) brokers.add('t', partition, new FakeLog().fill(10));
  const pace = new FakePace();
  const events: FetchEvent[] = [];
  const ranges = [0, 1, 2].map((partition) => ({ topic: 't', partition, start: 0n }));
  const waiting = { missing: 'wait', outOfRange: 'earliest', unavailableTimeoutMs: Infinity } as const;
  const fetcher = open(brokers, { ranges, ...waiting, pace, onEvent: (event) => void events.push(event) });
  for (let chunk = 0; chunk < 3; chunk++) await fetcher.next();
  brokers.logs.clear();
  let sleeps = 0;
  pace.onSleep = () => {
    if (++sleeps === 100) void fetcher.close();
  };
  await fetcher.next();
  expect(events).toMatchObject([{ kind: 'stalled', reason: { message: "topic 't' was deleted while being read" } }]);
});
