import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { ResponseBody } from '../../src/protocol/message.js';
import { FindCoordinator } from '../../src/protocol/messages/find-coordinator.js';
import { Metadata } from '../../src/protocol/messages/metadata.js';
import { DeclaredBroker, declared } from '../load/declared-broker.js';
import { allMessages } from '../unit/protocol/all-messages.js';

/** An address that takes connections and is no use. */
export interface UselessAddress {
  readonly kind: string;
  readonly address: string;
  stop(): void;
}

/** One of each: silent at once, after ApiVersions, and after saying where everything is; garbage; closed. */
export async function uselessAddresses(): Promise<UselessAddress[]> {
  const messages = await allMessages();
  const silentAfterVersions = await DeclaredBroker.start([], messages);
  const silentAfterMetadata: DeclaredBroker = await DeclaredBroker.start(
    [
      declared(Metadata, ({ topics }) => metadataOf(silentAfterMetadata.port, topics?.map(({ name }) => name ?? '') ?? ['t'])),
      declared(FindCoordinator, ({ coordinatorKeys, key }) =>
        coordinatorAt(silentAfterMetadata.port, coordinatorKeys ?? [key ?? '']),
      ),
    ],
    messages,
  );
  return [
    await listening('silent', () => {}),
    await listening('garbage', (socket) => socket.on('data', () => socket.write('SSH-2.0-OpenSSH_9.7\r\n'))),
    await listening('closing', (socket) => socket.destroy()),
    named('silent after ApiVersions', silentAfterVersions),
    named('silent after Metadata', silentAfterMetadata),
  ];
}

function named(kind: string, broker: DeclaredBroker): UselessAddress {
  return { kind, address: broker.address, stop: () => broker.stop() };
}

async function listening(kind: string, meet: (socket: Socket) => unknown): Promise<UselessAddress> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    meet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const stop = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { kind, address: `127.0.0.1:${port}`, stop };
}

/** Metadata that has one broker at this port of 127.0.0.1, leading one partition of each topic. */
export function metadataOf(port: number, names: readonly string[]): ResponseBody<typeof Metadata> {
  const partition = { errorCode: 0, partitionIndex: 0, leaderId: 1, leaderEpoch: 0, replicaNodes: [1], isrNodes: [1] };
  return {
    throttleTimeMs: 0,
    brokers: [{ nodeId: 1, host: '127.0.0.1', port, rack: null }],
    clusterId: 'c',
    controllerId: 1,
    topics: names.map((name) => ({
      errorCode: 0,
      name,
      topicId: 'AAAAAAAAAAAAAAAAAAAAAQ',
      isInternal: false,
      partitions: [{ ...partition, offlineReplicas: [] }],
      topicAuthorizedOperations: -2147483648,
    })),
    clusterAuthorizedOperations: -2147483648,
    errorCode: 0,
  };
}

/** The coordinator of these keys at this port of 127.0.0.1. */
export function coordinatorAt(port: number, keys: readonly string[]): ResponseBody<typeof FindCoordinator> {
  const [found, place] = [
    { errorCode: 0, errorMessage: null },
    { nodeId: 1, host: '127.0.0.1', port },
  ];
  // Without what the newest version does not carry.
  const single = { ...found, nodeId: 0, host: '', port: 0 };
  return { throttleTimeMs: 0, ...single, coordinators: keys.map((key) => ({ key, ...found, ...place })) };
}
