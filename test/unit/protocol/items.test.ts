import { expect, test } from 'vitest';
import type { ItemSplit, Route, TopicPartition } from '../../../src/protocol/message.js';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.js';
import { Fetch } from '../../../src/protocol/messages/fetch.js';
import { Heartbeat } from '../../../src/protocol/messages/heartbeat.js';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.js';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.js';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.js';
import { zeroUuid } from '../../../src/protocol/primitives.js';

function byName<Req, Res>({ route }: { route: Route<Req, Res> }): ItemSplit<Req, Res, string> {
  if (route.to === 'leader' || route.to === 'broker' || route.items === undefined) throw new Error('expected named items');
  return route.items;
}

function byPartition<Req, Res>({ route }: { route: Route<Req, Res> }): ItemSplit<Req, Res, TopicPartition> {
  if (route.to !== 'leader') throw new Error('expected partitions');
  return route.items;
}

const topic = (name: string): { name: string; numPartitions: number; replicationFactor: number; assignments: []; configs: [] } => ({
  name,
  numPartitions: 1,
  replicationFactor: 1,
  assignments: [],
  configs: [],
});

const created = (name: string, errorCode: number) => ({
  name,
  topicId: 'AAAAAAAAAAAAAAAAAAAAAA',
  errorCode,
  errorMessage: null,
  topicConfigErrorCode: 0,
  numPartitions: 1,
  replicationFactor: 1,
  configs: null,
});

const time = (partitionIndex: number): { partitionIndex: number; timestamp: bigint } => ({ partitionIndex, timestamp: -1n });
const found = (partitionIndex: number, offset: bigint, errorCode = 0) => ({
  partitionIndex,
  offset,
  errorCode,
  timestamp: -1n,
  leaderEpoch: 0,
});

test('a list is narrowed to the kept items and keeps the rest of the body', () => {
  const items = byName(CreateTopics);
  const request = { topics: [topic('a'), topic('b'), topic('c')], timeoutMs: 5, validateOnly: true };
  expect(items.keys(request)).toEqual(['a', 'b', 'c']);
  expect(items.narrow(request, (name) => name !== 'b')).toEqual({ ...request, topics: [topic('a'), topic('c')] });
});

test('answers are merged from the kept items of each response', () => {
  const items = byName(CreateTopics);
  const first = { throttleTimeMs: 3, topics: [created('a', 0), created('b', 41)] };
  const second = { throttleTimeMs: 0, topics: [created('b', 0)] };
  const merged = items.merge([
    { response: first, keep: (name) => name === 'a' },
    { response: second, keep: (name) => name === 'b' },
  ]);
  expect(merged.topics).toEqual([created('a', 0), created('b', 0)]);
  expect([...items.outcomes(first, { topics: [] })]).toEqual([
    { key: 'a', code: 0 },
    { key: 'b', code: 41 },
  ]);
});

test('partitions are narrowed within their topics, and topics without any are left out', () => {
  const items = byPartition(ListOffsets);
  const request = {
    replicaId: -1,
    isolationLevel: 0,
    topics: [
      { name: 'a', partitions: [time(0), time(1)] },
      { name: 'b', partitions: [time(0)] },
    ],
  };
  expect(items.keys(request)).toEqual([
    { topic: 'a', partition: 0 },
    { topic: 'a', partition: 1 },
    { topic: 'b', partition: 0 },
  ]);
  expect(items.narrow(request, ({ partition }) => partition === 1).topics).toEqual([{ name: 'a', partitions: [time(1)] }]);
});

test('a topic whose partitions several brokers answered appears once', () => {
  const merged = byPartition(ListOffsets).merge([
    {
      response: { throttleTimeMs: 0, topics: [{ name: 'a', partitions: [found(0, 5n), found(1, 0n, 6)] }] },
      keep: ({ partition }) => partition === 0,
    },
    { response: { throttleTimeMs: 0, topics: [{ name: 'a', partitions: [found(1, 7n)] }] }, keep: () => true },
  ]);
  expect(merged.topics).toEqual([{ name: 'a', partitions: [found(0, 5n), found(1, 7n)] }]);
});

test('an error of a whole fetch counts for every partition asked', () => {
  const request = {
    maxWaitMs: 1,
    minBytes: 1,
    topics: [{ topic: 'a', partitions: [{ partition: 4, fetchOffset: 0n, partitionMaxBytes: 1 }] }],
    forgottenTopicsData: [],
  };
  const outcomes = byPartition(Fetch).outcomes({ throttleTimeMs: 0, errorCode: 70, sessionId: 0, responses: [] }, request);
  expect([...outcomes]).toEqual([{ key: { topic: 'a', partition: 4 }, code: 70 }]);
});

test('the answer about one group counts for the group that was asked', () => {
  const request = { groupId: 'g', generationId: 1, memberId: 'm' };
  expect(byName(Heartbeat).keys(request)).toEqual(['g']);
  expect([...byName(Heartbeat).outcomes({ throttleTimeMs: 0, errorCode: 16 }, request)]).toEqual([{ key: 'g', code: 16 }]);
});

test('a producer id without a transaction needs no coordinator', () => {
  expect(byName(InitProducerId).keys({ transactionalId: null, transactionTimeoutMs: 0 })).toEqual([]);
  expect(byName(InitProducerId).keys({ transactionalId: 't', transactionTimeoutMs: 0 })).toEqual(['t']);
});

test.each([
  ['a coordinator that is still loading is asked again', [0, 14], 14],
  ['a partition that does not exist is for the caller', [0, 3], 0],
  ['metadata that is too long is for the caller', [12, 0], 0],
])('of a commit, %s', (_title, codes, code) => {
  const request = { groupId: 'g', memberId: '', topics: [] };
  const partitions = codes.map((errorCode, partitionIndex) => ({ partitionIndex, errorCode }));
  const outcomes = byName(OffsetCommit).outcomes(
    { throttleTimeMs: 0, topics: [{ name: 'a', topicId: zeroUuid, partitions }] },
    request,
  );
  expect([...outcomes]).toEqual([{ key: 'g', code }]);
});
