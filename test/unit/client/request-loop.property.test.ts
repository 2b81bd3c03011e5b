import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BrokerConnection } from '../../../src/client/broker-connection.js';
import { ConnectionError } from '../../../src/client/connection-error.js';
import { Coordinators } from '../../../src/client/coordinators.js';
import { MetadataCache } from '../../../src/client/metadata-cache.js';
import { type LoopTools, RequestLoop } from '../../../src/client/request-loop.js';
import { errorCode } from '../../../src/protocol/errors.js';
import type { RequestBody, ResponseBody } from '../../../src/protocol/message.js';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.js';
import { settingsFor } from './scripted-broker.js';

type Step = 'answer' | 'not-leader' | 'lost' | 'unknown';

/** Each partition's fate: the leader it has, and how its broker behaves at each attempt before it answers. */
const worlds = fc.array(
  fc.record({
    leader: fc.integer({ min: 1, max: 3 }),
    steps: fc.array(fc.constantFrom<Step>('not-leader', 'lost'), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);

type World = readonly { readonly leader: number; readonly steps: readonly Step[] }[];

function toolsFor(world: World): { tools: LoopTools; asked: Map<number, number> } {
  let time = 0;
  const asked = new Map<number, number>();
  const partitions = world.map(({ leader }, partitionIndex) => ({
    errorCode: 0,
    partitionIndex,
    leaderId: leader,
    leaderEpoch: 0,
    replicaNodes: [],
    isrNodes: [],
    offlineReplicas: [],
  }));
  const topic = {
    errorCode: 0,
    name: 't',
    topicId: 'AAAAAAAAAAAAAAAAAAAAAA',
    isInternal: false,
    partitions,
    topicAuthorizedOperations: 0,
  };
  const metadata = new MetadataCache(
    () =>
      Promise.resolve({
        throttleTimeMs: 0,
        brokers: [],
        clusterId: null,
        controllerId: -1,
        topics: [topic],
        clusterAuthorizedOperations: 0,
        errorCode: 0,
      }),
    { maxAgeMs: Infinity, now: () => time },
  );
  const send = (broker: number, body: RequestBody<typeof ListOffsets>): Promise<ResponseBody<typeof ListOffsets>> => {
    const wanted = body.topics.flatMap(({ partitions: list }) => list.map(({ partitionIndex }) => partitionIndex));
    const fates = wanted.map((partition) => {
      const attempt = asked.get(partition) ?? 0;
      asked.set(partition, attempt + 1);
      expect(world[partition]?.leader).toBe(broker);
      return { partition, step: world[partition]?.steps[attempt] ?? 'answer' };
    });
    if (fates.some(({ step }) => step === 'lost')) {
      return Promise.reject(new ConnectionError('connection', 'lost', { address: 'b', sent: true }));
    }
    const answers = fates.map(({ partition, step }) => ({
      partitionIndex: partition,
      errorCode: step === 'answer' ? 0 : errorCode.NOT_LEADER_OR_FOLLOWER,
      timestamp: -1n,
      offset: BigInt(partition),
      leaderEpoch: 0,
    }));
    return Promise.resolve({ throttleTimeMs: 0, topics: [{ name: 't', partitions: answers }] });
  };
  const tools: LoopTools = {
    settings: settingsFor([]),
    metadata,
    coordinators: new Coordinators(() => {}),
    pace: {
      now: () => time,
      random: () => 0.5,
      sleep: (ms) => {
        time += ms;
        return Promise.resolve();
      },
    },
    debug: () => {},
    contact: { answered: true, failures: 0 },
    askCoordinator: () => () => Promise.reject(new Error('no coordinators here')),
    connection: (broker) => {
      const connection = {
        version: () => 8,
        send: (_: unknown, body: RequestBody<typeof ListOffsets>) => send(Number(broker), body),
      };
      // The loop uses these two members only.
      return Promise.resolve(connection as unknown as BrokerConnection);
    },
  };
  return { tools, asked };
}

function bodyFor(world: World): RequestBody<typeof ListOffsets> {
  const partitions = world.map((_, partitionIndex) => ({ partitionIndex, timestamp: -1n }));
  return { replicaId: -1, isolationLevel: 0, topics: [{ name: 't', partitions }] };
}

test('every item is answered exactly once, whatever fails on the way', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const { tools } = toolsFor(world);
      const loop = new RequestLoop(ListOffsets, bodyFor(world), { signal: new AbortController().signal }, tools);
      // The loop is given this message, so this is its answer.
      const { topics } = (await loop.run()) as ResponseBody<typeof ListOffsets>;
      const answers = topics.flatMap(({ partitions }) =>
        partitions.map(({ partitionIndex, errorCode: code, offset }) => [partitionIndex, code, offset]),
      );
      expect(answers.sort(([left], [right]) => Number(left) - Number(right))).toEqual(
        world.map((_, index) => [index, 0, BigInt(index)]),
      );
    }),
  );
});

test('an item that was answered is not asked for again', async () => {
  const world: World = [
    { leader: 1, steps: [] },
    { leader: 1, steps: ['not-leader', 'not-leader'] },
    { leader: 2, steps: [] },
  ];
  const { tools, asked } = toolsFor(world);
  await new RequestLoop(ListOffsets, bodyFor(world), { signal: new AbortController().signal }, tools).run();
  expect([asked.get(0), asked.get(1), asked.get(2)]).toEqual([1, 3, 1]);
});

test('a look-up that fails at the deadline does not cost what was found out before', async () => {
  const world: World = [
    { leader: 1, steps: [] },
    { leader: 2, steps: ['not-leader'] },
  ];
  const { tools } = toolsFor(world);
  const body = bodyFor(world);
  const loop = new RequestLoop(ListOffsets, body, { signal: new AbortController().signal, timeoutMs: 50 }, tools);
  const describe = tools.metadata.describe.bind(tools.metadata);
  let lookUps = 0;
  tools.metadata.describe = (names, limits) => {
    lookUps += 1;
    if (lookUps === 1) return describe(names, limits);
    return Promise.reject(new ConnectionError('timeout', 'no answer', { address: 'b', sent: false }));
  };
  const { topics } = (await loop.run()) as ResponseBody<typeof ListOffsets>; // as above
  expect(topics.flatMap(({ partitions }) => partitions.map(({ errorCode: code }) => code))).toEqual([
    0,
    errorCode.NOT_LEADER_OR_FOLLOWER,
  ]);
});

test('what is still failing at the deadline keeps its last error', async () => {
  const world: World = [
    { leader: 1, steps: [] },
    { leader: 2, steps: Array.from({ length: 1000 }, () => 'not-leader' as const) },
  ];
  const { tools } = toolsFor(world);
  const loop = new RequestLoop(ListOffsets, bodyFor(world), { signal: new AbortController().signal, timeoutMs: 100 }, tools);
  const { topics } = (await loop.run()) as ResponseBody<typeof ListOffsets>; // as above
  const codes = topics.flatMap(({ partitions }) => partitions.map(({ partitionIndex, errorCode: code }) => [partitionIndex, code]));
  expect(codes).toContainEqual([0, 0]);
  expect(codes).toContainEqual([1, errorCode.NOT_LEADER_OR_FOLLOWER]);
});
