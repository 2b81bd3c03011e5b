import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DescribeConfigs } from '../../src/protocol/messages/describe-configs.js';
import { DescribeCluster } from '../../src/protocol/messages/describe-cluster.js';
import { FindCoordinator } from '../../src/protocol/messages/find-coordinator.js';
import { InitProducerId } from '../../src/protocol/messages/init-producer-id.js';
import { Metadata } from '../../src/protocol/messages/metadata.js';
import { DeclaredBroker, declared } from '../load/declared-broker.js';
import { allMessages } from '../unit/protocol/all-messages.js';
import { runKafkit } from './fixture/run-kafkit.js';
import { coordinatorAt, metadataOf } from './unanswering.js';

// A port that nothing listens on, as an address that only the cluster's own network reaches.
let advertised = 0;
let broker: DeclaredBroker;
let folder = '';

beforeAll(async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  advertised = (server.address() as AddressInfo).port; // it listens on TCP
  server.close();
  broker = await DeclaredBroker.start(
    [
      declared(Metadata, ({ topics }) => metadataOf(advertised, topics?.map(({ name }) => name ?? '') ?? ['t'])),
      declared(DescribeCluster, () => ({
        ...{ throttleTimeMs: 0, errorCode: 0, errorMessage: null, endpointType: 1, clusterId: 'c', controllerId: 1 },
        brokers: [{ brokerId: 1, host: '127.0.0.1', port: advertised, rack: null, isFenced: false }],
        clusterAuthorizedOperations: -2147483648,
      })),
      declared(DescribeConfigs, ({ resources }) => ({
        throttleTimeMs: 0,
        results: resources.map(({ resourceType, resourceName }) => {
          return { errorCode: 0, errorMessage: null, resourceType, resourceName, configs: [] };
        }),
      })),
      declared(InitProducerId, () => ({
        throttleTimeMs: 0,
        errorCode: 0,
        producerId: 1n,
        producerEpoch: 0,
        ongoingTxnProducerId: -1n,
        ongoingTxnProducerEpoch: -1,
      })),
      declared(FindCoordinator, ({ coordinatorKeys, key }) => coordinatorAt(advertised, coordinatorKeys ?? [key ?? ''])),
    ],
    await allMessages(),
  );
  folder = await mkdtemp(join(tmpdir(), 'kafkit-advertised-'));
  await writeFile(join(folder, 'cuts.json'), '{"version":1,"partitions":[{"topic":"t","partition":0,"offset":1}]}');
});

afterAll(async () => {
  broker.stop();
  await rm(folder, { recursive: true, force: true });
});

test.each([
  'offsets get t',
  'records delete --offset-json-file cuts.json --yes',
  'console consume t --from-beginning --exit-at-end',
  'console produce t --delivery-timeout 1s',
  'groups describe g',
  'groups members g',
  'groups export g',
  'groups delete g --yes',
  'lag describe g',
  'topics create other',
  'topics delete t --yes',
])(
  '%s names the advertised address that cannot be reached, and says that it is one',
  async (line) => {
    const args = [...line.split(' '), '-b', broker.address, '--timeout', '3s'];
    const { code, stdout, stderr } = await runKafkit(args, { cwd: folder, stdin: 'a\n' });
    const said = stdout + stderr;
    expect(code).toBe(1);
    expect(said).toContain(`127.0.0.1:${advertised}`);
    expect(said).toContain('advertised.listeners');
    expect(said).not.toContain('unknown');
  },
  30_000,
);
