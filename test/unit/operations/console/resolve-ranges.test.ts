import { expect, test } from 'vitest';
import type { DirectAccess } from '../../../../src/client/cluster.js';
import type { TopicMetadata } from '../../../../src/client/topic-metadata.js';
import { ListOffsets } from '../../../../src/protocol/messages/list-offsets.js';
import { resolveRanges, type ReadRequest, type ResolvedRanges } from '../../../../src/operations/console/resolve-ranges.js';
import { FakeCluster } from '../../fakes/fake-cluster.js';

interface Log {
  readonly earliest: bigint;
  readonly end: bigint;
  /** Where an open transaction starts. */
  readonly stable?: bigint;
  readonly errorCode?: number;
  readonly leaderless?: boolean;
}

/** A cluster with one topic, `orders`, whose partitions hold these offsets; the record at offset N has timestamp N * 10. */
class LogCluster extends FakeCluster {
  private readonly logs: readonly Log[];
  private readonly topicError: number;

  constructor(logs: readonly Log[], topicError = 0) {
    super(1);
    this.logs = logs;
    this.topicError = topicError;
    this.answer(ListOffsets, ({ topics, isolationLevel }) => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex, timestamp }) => ({
          partitionIndex,
          errorCode: logs[partitionIndex]?.errorCode ?? 0,
          timestamp: -1n,
          offset: find(logs[partitionIndex], timestamp, isolationLevel === 1),
          leaderEpoch: 0,
        })),
      })),
    }));
  }

  override get direct(): DirectAccess {
    const partitions = this.logs.map(({ leaderless }, partition) => {
      return {
        partition,
        errorCode: 0,
        leader: leaderless === true ? undefined : 1,
        leaderEpoch: 0,
        replicas: [1],
        isr: [1],
        offline: [],
      };
    });
    const topic: TopicMetadata = { name: 'orders', id: undefined, errorCode: this.topicError, internal: false, partitions };
    // Only topics() is used here.
    return { topics: () => Promise.resolve(new Map([['orders', topic]])) } as unknown as DirectAccess;
  }
}

function find(log: Log | undefined, timestamp: bigint, isCommittedOnly: boolean): bigint {
  if (log === undefined) return -1n;
  if (timestamp === -2n) return log.earliest;
  if (timestamp === -1n) return isCommittedOnly ? (log.stable ?? log.end) : log.end;
  const offset = (timestamp + 9n) / 10n;
  return offset < log.end ? offset : -1n;
}

function resolve(cluster: LogCluster, request: Partial<ReadRequest> = {}): Promise<ResolvedRanges> {
  const base: ReadRequest = {
    topic: 'orders',
    partitions: undefined,
    start: { kind: 'earliest' },
    stop: undefined,
    exitAtEnd: false,
    isCommittedOnly: false,
  };
  return resolveRanges(cluster, { ...base, ...request }, new AbortController().signal);
}

const two: readonly Log[] = [
  { earliest: 0n, end: 10n },
  { earliest: 5n, end: 7n, stable: 6n },
];

test('each partition is read from its own start to its own end', async () => {
  expect(await resolve(new LogCluster(two), { exitAtEnd: true })).toEqual({
    ranges: [
      { partition: 0, start: 0n, stop: 10n },
      { partition: 1, start: 5n, stop: 7n },
    ],
    unread: [],
  });
});

test('readers of committed records that exit at the end stop where an open transaction starts, and know what it holds back', async () => {
  const { ranges } = await resolve(new LogCluster(two), { exitAtEnd: true, isCommittedOnly: true });
  expect(ranges).toEqual([
    { partition: 0, start: 0n, stop: 10n },
    { partition: 1, start: 5n, stop: 6n, heldBack: 1n },
  ]);
});

test.each([
  ['latest', { kind: 'latest' }, 7n],
  ['an offset from the end', { kind: 'from-end', count: 0n }, 7n],
  ['a time', { kind: 'time', timestamp: 65 }, 7n],
  ['an offset', { kind: 'offset', offset: 7n }, 7n],
] as const)('an end that was named (%s) lies behind an open transaction all the same', async (_, stop, expected) => {
  const { ranges } = await resolve(new LogCluster(two), { stop, isCommittedOnly: true });
  expect(ranges[1]).toEqual({ partition: 1, start: 5n, stop: expected });
});

test('a start in an open transaction is no start behind the end', async () => {
  const request = { start: { kind: 'offset', offset: 7n }, partitions: [1], isCommittedOnly: true } as const;
  expect((await resolve(new LogCluster(two), request)).ranges).toEqual([{ partition: 1, start: 7n, stop: undefined }]);
});

test('times are looked up in each partition; behind the last record they mean the end', async () => {
  const request = { start: { kind: 'time', timestamp: 31 }, stop: { kind: 'time', timestamp: 65 } } as const;
  const { ranges } = await resolve(new LogCluster(two), request);
  expect(ranges).toMatchObject([
    { start: 4n, stop: 7n },
    { start: 5n, stop: 7n },
  ]);
});

test('only the partitions asked for are read, each once', async () => {
  const { ranges } = await resolve(new LogCluster(two), { partitions: [1, 1] });
  expect(ranges.map(({ partition }) => partition)).toEqual([1]);
});

test('a partition that nobody serves is named, and its question is not asked for long', async () => {
  const cluster = new LogCluster([...two, { earliest: 0n, end: 0n, leaderless: true, errorCode: 5 }]);
  const { ranges, unread } = await resolve(cluster);
  expect(ranges.map(({ partition }) => partition)).toEqual([0, 1]);
  expect(unread).toMatchObject([{ partition: 2, reason: expect.stringContaining('LEADER_NOT_AVAILABLE') as string }]);
  expect(new Set(cluster.calls.map(({ options }) => options.timeoutMs))).toEqual(new Set([undefined, 10_000]));
});

test('a topic or partition that does not exist is an error', async () => {
  await expect(resolve(new LogCluster(two, 3))).rejects.toMatchObject({ code: 'not-found' });
  await expect(resolve(new LogCluster(two), { partitions: [2] })).rejects.toMatchObject({ code: 'not-found' });
});

test('what may not be read is an error, not a partition left out', async () => {
  await expect(resolve(new LogCluster([{ earliest: 0n, end: 0n, errorCode: 29 }]))).rejects.toMatchObject({
    code: 'authorization',
  });
});

test('a start behind the end is an error that names the partition', async () => {
  const request = { start: { kind: 'offset', offset: 8n } } as const;
  await expect(resolve(new LogCluster(two), request)).rejects.toMatchObject({
    code: 'input',
    message: 'offset 8 lies behind the end of partition orders-1, which is 7',
  });
});
