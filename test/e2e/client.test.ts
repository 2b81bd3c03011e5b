import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { describeCluster } from '../../src/client/cluster-info.js';
import type { Cluster } from '../../src/client/cluster.js';
import { alterConfigs, describeConfigs } from '../../src/client/configs.js';
import { openCluster } from '../../src/client/connect.js';
import { describeTopics, listTopics } from '../../src/client/metadata.js';
import { listOffsets } from '../../src/client/offsets.js';
import { createPartitions, createTopics, deleteTopics } from '../../src/client/topics.js';
import { loadSettings } from '../../src/config/load.js';
import { ApiVersions } from '../../src/protocol/messages/api-versions.js';
import { uniqueName } from './fixture/unique-name.js';

// The newest versions that brokers 2.4 and 2.8 speak, by API key; what is missing they do not know.
const as24: readonly (readonly [number, number])[] = [
  [2, 5],
  [3, 9],
  [10, 3],
  [19, 5],
  [20, 4],
  [32, 2],
  [37, 1],
  [44, 1],
  [60, -1],
];
const as28: readonly (readonly [number, number])[] = [
  [2, 6],
  [3, 11],
  [10, 3],
  [19, 7],
  [20, 6],
  [32, 4],
  [37, 3],
  [44, 1],
  [60, 0],
];

async function connect(caps?: readonly (readonly [number, number])[]): Promise<Cluster> {
  const settings = await loadSettings({ bootstrapServer: inject('bootstrap') }, { XDG_CONFIG_HOME: '/nowhere' });
  const versions = caps === undefined ? {} : { versionCaps: new Map(caps) };
  const cluster = openCluster(settings, { signal: new AbortController().signal, ...versions });
  onTestFinished(() => cluster.close());
  return cluster;
}

const ages = [
  ['as the broker is', undefined],
  ['as a broker of 2.8', as28],
  ['as a broker of 2.4', as24],
] as const;

test.each(ages)('a topic lives its life: %s', async (_, caps) => {
  const cluster = await connect(caps);
  const name = uniqueName('life');
  const created = await createTopics(cluster, [{ name, partitions: 2, configs: { 'retention.ms': '60000' } }]);
  expect(created).toMatchObject([{ name, error: undefined, partitions: 2, replicationFactor: 1 }]);
  expect(await createPartitions(cluster, [{ name, count: 3 }])).toEqual([{ name, error: undefined }]);
  // The controller answers before every broker has heard.
  await vi.waitFor(async () => {
    const [topic] = await describeTopics(cluster, [name]);
    expect(topic).toMatchObject({ name, errorCode: 0, internal: false });
    expect(topic?.partitions.map(({ partition }) => partition)).toEqual([0, 1, 2]);
  }, 10_000);
  expect((await listTopics(cluster)).some((listed) => listed.name === name)).toBe(true);
  const set = { name: 'retention.ms', operation: 'set', value: '70000' } as const;
  expect(await alterConfigs(cluster, [{ type: 'topic', name, changes: [set] }])).toEqual([
    { type: 'topic', name, error: undefined },
  ]);
  const [configs] = await describeConfigs(cluster, [{ type: 'topic', name }], { names: ['retention.ms'] });
  expect(configs?.entries).toMatchObject([{ name: 'retention.ms', value: '70000', source: 'topic' }]);
  expect(await deleteTopics(cluster, [name])).toEqual([{ name, error: undefined }]);
});

test.each(ages)('offsets of many partitions are found, and a missing one is told: %s', async (_, caps) => {
  const cluster = await connect(caps);
  const name = uniqueName('offsets');
  await createTopics(cluster, [{ name, partitions: 2 }]);
  const answers = await listOffsets(cluster, [
    { topic: name, partition: 0, at: { kind: 'earliest' } },
    { topic: name, partition: 0, at: { kind: 'latest' } },
    { topic: name, partition: 1, at: { kind: 'timestamp', ms: 5n } },
    { topic: name, partition: 9, at: { kind: 'latest' } },
  ]);
  expect(answers.map(({ offset, error }) => error?.kafkaName ?? offset)).toEqual([0n, 0n, undefined, 'UNKNOWN_TOPIC_OR_PARTITION']);
});

test("the broker's own words reach the caller", async () => {
  const cluster = await connect();
  const name = uniqueName('wide');
  const [wide, bad] = await createTopics(cluster, [{ name, replicationFactor: 99 }, { name: 'a b' }]);
  expect([wide?.error?.kafkaName, bad?.error?.kafkaName].sort()).toEqual(['INVALID_REPLICATION_FACTOR', 'INVALID_TOPIC_EXCEPTION']);
  expect(`${wide?.error?.message ?? ''}${bad?.error?.message ?? ''}`).toContain('only 1 broker(s) are registered');
});

test("a broker's own configs come from that broker, and a broker that is not there is not found", async () => {
  const cluster = await connect();
  const [broker] = await cluster.brokers();
  const name = String(broker?.id);
  const [configs] = await describeConfigs(cluster, [{ type: 'broker', name }], { names: ['log.dirs'] });
  expect(configs?.entries).toMatchObject([{ name: 'log.dirs', source: 'static-broker' }]);
  await expect(describeConfigs(cluster, [{ type: 'broker', name: '999' }])).rejects.toMatchObject({ code: 'not-found' });
});

test.each(ages)('the cluster says who it is: %s', async (_, caps) => {
  const info = await describeCluster(await connect(caps));
  expect(info.id).toMatch(/^[\w-]{22}$/);
  expect(info.brokers.map(({ id }) => id)).toContain(info.controller);
});

test('every message we speak is one the broker knows', async () => {
  const answer = await (await connect()).request(ApiVersions, { clientSoftwareName: 'kafkit', clientSoftwareVersion: '0' });
  expect(answer.errorCode).toBe(0);
  expect(answer.apiKeys.length).toBeGreaterThan(40);
});
