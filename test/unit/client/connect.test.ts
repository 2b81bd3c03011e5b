import { expect, onTestFinished, test } from 'vitest';
import type { Cluster } from '../../../src/client/cluster.js';
import { openCluster, type OpenClusterOptions } from '../../../src/client/connect.js';
import type { CliError } from '../../../src/core/errors.js';
import type { ConnectionSettings } from '../../../src/core/connection-settings.js';
import { errorCode } from '../../../src/protocol/errors.js';
import type { ResponseBody } from '../../../src/protocol/message.js';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.js';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.js';
import { DescribeGroups } from '../../../src/protocol/messages/describe-groups.js';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.js';
import { Metadata } from '../../../src/protocol/messages/metadata.js';
import { listOffsets } from '../../../src/client/offsets.js';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.js';
import { type Received, type ScriptedBroker, settingsFor, startBroker, startServer } from './scripted-broker.js';

const messages = [Metadata, CreateTopics, ListOffsets, FindCoordinator, DescribeGroups];
const allTopics = { topics: null, allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false };

function open(settings: ConnectionSettings, options: Partial<OpenClusterOptions> = {}): Cluster {
  const cluster = openCluster(settings, { signal: new AbortController().signal, ...options });
  onTestFinished(() => cluster.close());
  return cluster;
}

interface World {
  brokers?: readonly { id: number; at: ScriptedBroker }[];
  controller?: number;
  /** Leader of each partition of topic `t`; -1: none. */
  leaders?: readonly number[];
}

function metadata({ brokers = [], controller = -1, leaders }: World): ResponseBody<typeof Metadata> {
  const partitions = (leaders ?? []).map((leaderId, partitionIndex) => ({
    errorCode: leaderId < 0 ? errorCode.LEADER_NOT_AVAILABLE : 0,
    partitionIndex,
    leaderId,
    leaderEpoch: 0,
    replicaNodes: [],
    isrNodes: [],
    offlineReplicas: [],
  }));
  const topic = { errorCode: 0, name: 't', topicId: 'AAAAAAAAAAAAAAAAAAAAAQ', isInternal: false, partitions };
  return {
    throttleTimeMs: 0,
    brokers: brokers.map(({ id, at }) => ({ nodeId: id, host: at.host, port: at.port, rack: null })),
    clusterId: 'c',
    controllerId: controller,
    topics: leaders === undefined ? [] : [{ ...topic, topicAuthorizedOperations: -2147483648 }],
    clusterAuthorizedOperations: -2147483648,
    errorCode: 0,
  };
}

function created(request: Received, code = 0): void {
  const topics = request.body(CreateTopics).topics.map(({ name }) => ({
    name,
    topicId: 'AAAAAAAAAAAAAAAAAAAAAQ',
    errorCode: code,
    errorMessage: null,
    topicConfigErrorCode: 0,
    numPartitions: 1,
    replicationFactor: 1,
    configs: [],
  }));
  request.answer(CreateTopics, { throttleTimeMs: 0, topics });
}

const newTopic = {
  topics: [{ name: 'a', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }],
  timeoutMs: 1000,
};

async function failureOf(work: Promise<unknown>): Promise<CliError> {
  // What the client throws is a CliError; anything else fails the test by its missing code.
  return work.then(
    () => ({ code: 'no failure' }) as unknown as CliError,
    (error: unknown) => error as CliError,
  );
}

test('listing topics takes one connection and two requests', async () => {
  const broker = await startBroker(messages, (request) => request.answer(Metadata, metadata({})));
  await open(settingsFor([broker])).request(Metadata, allTopics);
  expect(broker.received.map(({ apiKey }) => apiKey)).toEqual([ApiVersions.apiKey, Metadata.apiKey]);
  expect(broker.sockets.size).toBe(1);
});

test('requests at the same moment share one connection', async () => {
  const broker = await startBroker(messages, (request) => request.answer(Metadata, metadata({})));
  const cluster = open(settingsFor([broker]));
  await Promise.all([1, 2, 3, 4].map(() => cluster.request(Metadata, allTopics)));
  expect(broker.received.filter(({ apiKey }) => apiKey === ApiVersions.apiKey)).toHaveLength(1);
});

test('a bootstrap server that refuses is passed over', async () => {
  const broker = await startBroker(messages, (request) => request.answer(Metadata, metadata({})));
  const gone = await startServer(() => {});
  await gone.stop();
  await open(settingsFor([gone, broker])).request(Metadata, allTopics);
  expect(broker.received).toHaveLength(2);
});

test('a bootstrap server that accepts and stays silent is passed over after a moment', async () => {
  const silent = await startServer(() => {});
  const broker = await startBroker(messages, (request) => request.answer(Metadata, metadata({})));
  const started = performance.now();
  await open(settingsFor([silent, broker])).request(Metadata, allTopics);
  expect(performance.now() - started).toBeLessThan(5000);
  expect(silent.sockets.size).toBeLessThanOrEqual(1);
});

test('when no bootstrap server can be reached, one error names each with its cause', async () => {
  const [first, second] = [await startServer(() => {}), await startServer(() => {})];
  await Promise.all([first.stop(), second.stop()]);
  const failure = await failureOf(open(settingsFor([first, second])).request(Metadata, allTopics));
  expect(failure.code).toBe('connection');
  expect(failure.message).toContain(`cannot connect to ${first.address}: connection refused`);
  expect(failure.message).toContain(`cannot connect to ${second.address}: connection refused`);
});

test('a silent only bootstrap server fails within the time given to connect', async () => {
  const silent = await startServer(() => {});
  const failure = await failureOf(open(settingsFor([silent], { connectTimeoutMs: 50 })).request(Metadata, allTopics));
  expect(failure).toMatchObject({ code: 'timeout' });
  expect(failure.message).toContain(silent.address);
});

test('a broker that knows only an older ApiVersions is spoken to in that', async () => {
  const asked: number[] = [];
  const broker = await startServer((socket) => {
    socket.on('data', (chunk) => {
      const version = chunk.readInt16BE(6);
      asked.push(version);
      const ids = chunk.subarray(8, 12).toString('hex');
      // Version 0 of the answer: UNSUPPORTED_VERSION with the range of key 18 only; version 2 with Metadata 9 as well.
      const head =
        version > 2
          ? '0023' + '00000001' + '001200000002'
          : '0000' + '00000002' + '001200000002' + '00030000' + '0009' + '00000000';
      if (chunk.readInt16BE(4) !== ApiVersions.apiKey) return void socket.destroy();
      const body = Buffer.from(ids + head, 'hex');
      const size = Buffer.alloc(4);
      size.writeInt32BE(body.length);
      socket.write(Buffer.concat([size, body]));
    });
  });
  const failure = await failureOf(open(settingsFor([broker])).request(Metadata, allTopics));
  expect(asked.slice(0, 2)).toEqual([4, 2]);
  // It got as far as Metadata, at which this script hangs up.
  expect(failure.code).toBe('connection');
});

test('a message the broker does not speak is refused with both ranges', async () => {
  const broker = await startBroker([{ ...Metadata, maxVersion: 8, minVersion: 0 }], () => {});
  const failure = await failureOf(open(settingsFor([broker])).request(Metadata, allTopics));
  expect(failure.code).toBe('unsupported');
  expect(failure.message).toContain('it speaks versions 0 to 8');
});

test('a controller that moved is found again', async () => {
  const world: { controller: number } = { controller: 1 };
  const script = (request: Received): void => {
    if (request.apiKey === Metadata.apiKey) request.answer(Metadata, metadata({ brokers, controller: world.controller }));
    else if (request.socket.localPort === old.port) {
      world.controller = 2;
      created(request, errorCode.NOT_CONTROLLER);
    } else created(request);
  };
  const old = await startBroker(messages, script);
  const next = await startBroker(messages, script);
  const brokers = [
    { id: 1, at: old },
    { id: 2, at: next },
  ];
  const response = await open(settingsFor([old])).request(CreateTopics, newTopic);
  expect(response.topics).toMatchObject([{ name: 'a', errorCode: 0 }]);
  expect(next.received.some(({ apiKey }) => apiKey === CreateTopics.apiKey)).toBe(true);
});

test('a creation whose answer is lost is not sent again, and the error says that its outcome is unknown', async () => {
  const broker = await startBroker(messages, (request) => {
    if (request.apiKey === Metadata.apiKey) request.answer(Metadata, metadata({ brokers: [{ id: 1, at: broker }], controller: 1 }));
    else request.socket.destroy();
  });
  const failure = await failureOf(open(settingsFor([broker])).request(CreateTopics, newTopic));
  expect(failure.message).toContain('whether the broker carried out CreateTopics is not known');
  expect(broker.received.filter(({ apiKey }) => apiKey === CreateTopics.apiKey)).toHaveLength(1);
});

test('a read whose answer is lost is asked again on a fresh connection', async () => {
  let failures = 1;
  const broker = await startBroker(messages, (request) => {
    if (request.apiKey === Metadata.apiKey) request.answer(Metadata, metadata({ brokers: [{ id: 1, at: broker }] }));
    else if (failures-- > 0) request.socket.destroy();
    else {
      const { coordinatorKeys = [] } = request.body(FindCoordinator);
      const coordinators = coordinatorKeys.map((key) => ({ key, nodeId: 1, host: '', port: 0, errorCode: 0, errorMessage: null }));
      request.answer(FindCoordinator, {
        throttleTimeMs: 0,
        coordinators,
        errorCode: 0,
        errorMessage: null,
        nodeId: 0,
        host: '',
        port: 0,
      });
    }
  });
  const cluster = open(settingsFor([broker]));
  await cluster.brokers();
  const { coordinators } = await cluster.request(FindCoordinator, { keyType: 0, coordinatorKeys: ['g'] });
  expect(coordinators).toMatchObject([{ key: 'g', nodeId: 1 }]);
});

test('one partition without a leader costs the others nothing', async () => {
  const broker = await startBroker(messages, (request) => {
    if (request.apiKey === Metadata.apiKey) {
      request.answer(Metadata, metadata({ brokers: [{ id: 1, at: broker }], leaders: [1, -1, 1] }));
      return;
    }
    const topics = request.body(ListOffsets).topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: 0,
        timestamp: -1n,
        offset: BigInt(partitionIndex * 10),
        leaderEpoch: 0,
      })),
    }));
    request.answer(ListOffsets, { throttleTimeMs: 0, topics });
  });
  const questions = [0, 1, 2].map((partition) => ({ topic: 't', partition, at: { kind: 'latest' } as const }));
  const answers = await listOffsets(open(settingsFor([broker])), questions, { timeoutMs: 200 });
  expect(answers.map(({ offset, error }) => offset ?? error?.kafkaName)).toEqual([0n, 'LEADER_NOT_AVAILABLE', 20n]);
});

test('a leader that cannot be reached costs the others nothing', async () => {
  const gone = await startServer(() => {});
  await gone.stop();
  const broker = await startBroker(messages, (request) => {
    const brokers = [
      { id: 1, at: broker },
      { id: 2, at: gone },
    ];
    if (request.apiKey === Metadata.apiKey) return request.answer(Metadata, metadata({ brokers, leaders: [1, 2] }));
    const partition = { partitionIndex: 0, errorCode: 0, timestamp: -1n, offset: 7n, leaderEpoch: 0 };
    request.answer(ListOffsets, { throttleTimeMs: 0, topics: [{ name: 't', partitions: [partition] }] });
  });
  const questions = [0, 1].map((partition) => ({ topic: 't', partition, at: { kind: 'latest' } as const }));
  const answers = await listOffsets(open(settingsFor([broker])), questions, { timeoutMs: 300 });
  expect(answers.map(({ offset, error }) => offset ?? error?.kafkaName)).toEqual([7n, 'NETWORK_EXCEPTION']);
});

test('a broker that cannot be reached is named with what the cluster says of it', async () => {
  const gone = await startServer(() => {});
  await gone.stop();
  const broker = await startBroker(messages, (request) =>
    request.answer(Metadata, metadata({ brokers: [{ id: 2, at: gone }], controller: 2 })),
  );
  const failure = await failureOf(open(settingsFor([broker])).request(CreateTopics, newTopic, { timeoutMs: 100 }));
  expect(failure.message).toBe(
    `cannot connect to ${gone.address}: connection refused (broker 2 is there by its advertised.listeners)`,
  );
  expect(failure.hint).toContain(`the cluster says that broker 2 is at ${gone.address} (its advertised.listeners)`);
});

test('metadata of brokers, topics and leaders survives a deleted topic', async () => {
  const broker = await startBroker(messages, (request) => {
    const body = metadata({ brokers: [{ id: 1, at: broker }], leaders: [1] });
    const deleted = { ...body.topics[0], name: 'gone', errorCode: errorCode.UNKNOWN_TOPIC_OR_PARTITION, partitions: [] };
    // The spread topic is there: the world has one.
    request.answer(Metadata, { ...body, topics: [...body.topics, deleted] as typeof body.topics });
  });
  const topics = await open(settingsFor([broker])).direct.topics(['t', 'gone']);
  expect(topics.get('gone')).toMatchObject({ errorCode: errorCode.UNKNOWN_TOPIC_OR_PARTITION });
  expect(topics.get('t')?.partitions).toMatchObject([{ partition: 0, leader: 1 }]);
});

test('each purpose has a connection of its own', async () => {
  const broker = await startBroker(messages, (request) => request.answer(Metadata, metadata({ brokers: [{ id: 1, at: broker }] })));
  const { direct } = open(settingsFor([broker]));
  const control = await direct.connection(1, 'control');
  const [fetch, again] = await Promise.all([direct.connection(1, 'fetch'), direct.connection(1, 'fetch')]);
  expect(fetch).toBe(again);
  expect(fetch).not.toBe(control);
  expect(broker.sockets.size).toBe(2);
});

test('an idle connection is replaced before it is used again', async () => {
  const broker = await startBroker(messages, (request) => request.answer(Metadata, metadata({ brokers: [{ id: 1, at: broker }] })));
  const { direct } = open(settingsFor([broker], { maxIdleMs: 20 }));
  const first = await direct.connection(1, 'fetch');
  await new Promise((resolve) => setTimeout(resolve, 30));
  const second = await direct.connection(1, 'fetch');
  expect(second).not.toBe(first);
  expect(first.transport.closed).toBe(true);
});

test('a broker that is not in the metadata is an error, not a wait', async () => {
  const broker = await startBroker(messages, (request) => request.answer(Metadata, metadata({ brokers: [{ id: 1, at: broker }] })));
  const failure = await failureOf(open(settingsFor([broker])).request(Metadata, allTopics, { broker: 7 }));
  expect(failure).toMatchObject({ code: 'not-found', message: 'broker 7 is not one of the live brokers of the cluster' });
});

test('closing ends a request in flight at once', async () => {
  const broker = await startBroker(messages, () => {});
  const cluster = open(settingsFor([broker]));
  const work = failureOf(cluster.request(Metadata, allTopics));
  while (broker.received.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  await cluster.close();
  expect(await work).toMatchObject({ code: 'aborted' });
});

test("the cluster's signal ends a request in flight, and leaves the connection for cleaning up", async () => {
  const stop = new AbortController();
  const broker = await startBroker(messages, (request) => {
    if (broker.received.length > 2) request.answer(Metadata, metadata({}));
  });
  const cluster = open(settingsFor([broker]), { signal: stop.signal });
  const work = failureOf(cluster.request(Metadata, allTopics));
  while (broker.received.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  expect(await work).toMatchObject({ code: 'aborted' });
  expect(broker.sockets.size).toBe(1);
});

test('the deadline bounds a broker that never answers', async () => {
  const broker = await startBroker(messages, () => {});
  const failure = await failureOf(open(settingsFor([broker])).request(Metadata, allTopics, { timeoutMs: 60 }));
  expect(failure).toMatchObject({ code: 'timeout' });
});
