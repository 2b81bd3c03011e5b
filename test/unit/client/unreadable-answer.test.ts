import { expect, onTestFinished, test } from 'vitest';
import type { Cluster } from '../../../src/client/cluster.js';
import { openCluster } from '../../../src/client/connect.js';
import { ConnectionError } from '../../../src/client/connection-error.js';
import { UnreadableAnswer, unreadableAttempts } from '../../../src/client/unreadable-answer.js';
import type { ResponseBody } from '../../../src/protocol/message.js';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.js';
import { Metadata } from '../../../src/protocol/messages/metadata.js';
import { type Received, type ScriptedBroker, settingsFor, startBroker } from './scripted-broker.js';

const messages = [Metadata, CreateTopics];
const allTopics = { topics: null, allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false };

function open(broker: ScriptedBroker): Cluster {
  const cluster = openCluster(settingsFor([broker]), { signal: new AbortController().signal });
  onTestFinished(() => cluster.close());
  return cluster;
}

function metadata(at: ScriptedBroker): ResponseBody<typeof Metadata> {
  return {
    throttleTimeMs: 0,
    brokers: [{ nodeId: 1, host: at.host, port: at.port, rack: null }],
    clusterId: 'c',
    controllerId: 1,
    topics: [],
    clusterAuthorizedOperations: -2147483648,
    errorCode: 0,
  };
}

/** An answer of the right length and number, with nothing in it that makes sense. */
function garble({ frame, socket }: Received): void {
  const answer = Buffer.alloc(40, 0xfe);
  answer.writeInt32BE(36, 0);
  frame.copy(answer, 4, 4, 8);
  socket.write(answer);
}

/** An answer to a request that was never made. */
function mislabel({ socket }: Received): void {
  const answer = Buffer.alloc(12);
  answer.writeInt32BE(8, 0);
  answer.writeInt32BE(0x5555, 4);
  socket.write(answer);
}

test.each([
  ['does not decode', garble],
  ['belongs to no request', mislabel],
])('a query whose answer %s is asked again on a fresh connection', async (_, spoil) => {
  let failures = 2;
  const seen = new Set<unknown>();
  const broker = await startBroker(messages, (request) => {
    seen.add(request.socket);
    if (failures-- > 0) spoil(request);
    else request.answer(Metadata, metadata(broker));
  });
  const answer = await open(broker).request(Metadata, allTopics);
  expect(answer.brokers).toHaveLength(1);
  expect(seen.size).toBe(3);
});

test('a query that is never answered in a way that can be read ends soon, and says how often it was asked', async () => {
  const broker = await startBroker(messages, garble);
  const startedAt = performance.now();
  await expect(open(broker).request(Metadata, allTopics)).rejects.toMatchObject({
    code: 'protocol',
    message: expect.stringMatching(
      new RegExp(`^${broker.address}: cannot decode Metadata .* \\(asked ${unreadableAttempts} times\\)$`),
    ) as string,
    hint: expect.stringContaining('--debug') as string,
  });
  expect(broker.received.filter(({ apiKey }) => apiKey === Metadata.apiKey)).toHaveLength(unreadableAttempts);
  expect(performance.now() - startedAt).toBeLessThan(5000);
});

test('a creation whose answer cannot be read is not sent again, and its outcome is called unknown', async () => {
  const broker = await startBroker(messages, (request) => {
    if (request.apiKey === Metadata.apiKey) request.answer(Metadata, metadata(broker));
    else garble(request);
  });
  const body = { topics: [{ name: 'a', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }], timeoutMs: 1000 };
  const failure = await open(broker)
    .request(CreateTopics, body)
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConnectionError);
  expect((failure as ConnectionError).message).toContain('whether the broker carried out CreateTopics is not known');
  expect(broker.received.filter(({ apiKey }) => apiKey === CreateTopics.apiKey)).toHaveLength(1);
});

test('after an answer that cannot be read, what else waits on the connection may be sent again', async () => {
  let held: Received | undefined;
  const broker = await startBroker(messages, (request) => {
    if (request.apiKey === Metadata.apiKey) return request.answer(Metadata, metadata(broker));
    if (held === undefined) held = request;
    else garble(held);
  });
  const cluster = open(broker);
  await cluster.brokers();
  const connection = await cluster.direct.connection(1, 'produce');
  const ask = (): Promise<unknown> =>
    connection.send(CreateTopics, { topics: [], timeoutMs: 1 }, { timeoutMs: 5000 }).catch((error: unknown) => error);
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(first).toBeInstanceOf(UnreadableAnswer);
  expect(second).toMatchObject({ code: 'connection', sent: true });
  expect(connection.transport.closed).toBe(true);
});
