import type { CommittedOffset } from '../../client/groups/committed-offsets.js';
import type { TopicPartition } from '../../protocol/message.js';
import { inWrappedFuture } from './call-failure.js';
import type { GroupsRun } from './groups-run.js';

/** A partition that a group has a commit for; `committed` is undefined where Kafka's admin client has null for it. */
export interface Commit extends TopicPartition {
  readonly committed: CommittedOffset | undefined;
}

/**
 * What groups committed, by group id. Partitions whose commit cannot be read are left out, as Kafka's admin client does; those
 * with a commit below zero are there without an offset.
 *
 * @throws JavaError for the first group that cannot be read
 */
export async function readCommits(run: GroupsRun, groupIds: readonly string[]): Promise<ReadonlyMap<string, readonly Commit[]>> {
  const { committedOffsets } = await import('../../client/groups/committed-offsets.js');
  return inWrappedFuture('listConsumerGroupOffsets(api=OFFSET_FETCH)', async () => {
    const named = groupIds.map((groupId) => ({ groupId }));
    const answers = await committedOffsets(await run.connect(), named, { ...run.limits, requireStable: false });
    for (const { error } of answers) if (error !== undefined) throw error;
    return new Map(answers.map(({ groupId, offsets }) => [groupId, offsets.map(toCommit)]));
  });
}

function toCommit(committed: CommittedOffset): Commit {
  const { topic, partition, offset } = committed;
  return { topic, partition, committed: offset < 0n ? undefined : committed };
}
