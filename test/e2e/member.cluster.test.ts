import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { committedOffsets } from '../../src/client/groups/committed-offsets.js';
import type { MemberOptions } from '../../src/client/member/member-options.js';
import { fillPartitions } from './fetcher-run.js';
import { useThreeBrokers } from './fixture/three-brokers.js';
import { createTopic } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { RunningMember } from './member-run.js';
import { testCluster } from './producer-run.js';

const cluster = useThreeBrokers();
const partitions = 6;
const perRound = 500;

function valuesFrom(from: number): string[][] {
  const numbers = Array.from({ length: perRound }, (_, index) => from + index);
  return Array.from({ length: partitions }, (_, partition) => numbers.map((number) => `${partition}:${number}`));
}

test.each([
  ['classic', {}],
  ['consumer', { protocol: 'consumer' }],
] as [string, Partial<MemberOptions>][])(
  'a group outlives the death of its coordinator and loses no record: %s',
  async (_, options) => {
    const { bootstrap, brokers } = cluster();
    const config = { 'min.insync.replicas': '2' };
    const topic = await createTopic('outlived', { partitions, replicationFactor: 3, config, bootstrap });
    const groupId = uniqueName('outlived');
    const join = () => new RunningMember({ groupId, topics: [topic], cluster: testCluster(bootstrap), ...options });
    await fillPartitions(topic, valuesFrom(0), bootstrap);
    const members = [join(), join()] as const;
    await Promise.all(members.map((member) => member.ownsCount(partitions / 2)));
    const client = testCluster(bootstrap);
    const coordinator = await client.direct.coordinator('group', groupId);
    const victim = brokers.find(({ id }) => id === coordinator);
    await Promise.all([victim?.kill('SIGKILL'), fillPartitions(topic, valuesFrom(perRound), bootstrap)]);
    const count = () => new Set(members.flatMap(({ values }) => values)).size;
    for (const end = performance.now() + 60_000; count() < 2 * perRound * partitions && performance.now() < end;) await sleep(100);
    const read = (await Promise.all(members.map((member) => member.stop()))).flat();
    await victim?.restart();
    // Partitions may have changed hands, and what was not committed when the coordinator died is read again.
    expect([...new Set(read)].sort()).toEqual([...valuesFrom(0), ...valuesFrom(perRound)].flat().sort());
    const [group] = await committedOffsets(client, [{ groupId }]);
    expect(group?.offsets.map(({ offset }) => offset)).toEqual(Array(partitions).fill(BigInt(2 * perRound)));
  },
);
