import type { Cluster } from '../../client/cluster.js';
import { committedOffsets, type CommittedOffset } from '../../client/groups/committed-offsets.js';
import type { TopicPartition } from '../../protocol/message.js';

/** The commits of groups, by group id. */
export type Commits = ReadonlyMap<string, readonly CommittedOffset[]>;

/**
 * Reads what groups have committed, all of it or nothing; of `partitions` only, where they are given. Coordinators are always
 * asked for everything, because only then do they tell a commit of -1 from none.
 *
 * @throws CliError the first error of a group or partition: half of the truth must not become a plan or a file
 */
export async function readCommits(
  cluster: Cluster,
  groups: readonly { readonly groupId: string; readonly partitions?: readonly TopicPartition[] }[],
): Promise<Commits> {
  const answers = await committedOffsets(
    cluster,
    groups.map(({ groupId }) => ({ groupId })),
  );
  for (const { error, failures } of answers) {
    const [failure] = failures;
    if (error !== undefined) throw error;
    if (failure !== undefined) throw failure.error;
  }
  return new Map(
    answers.map(({ groupId, offsets }, index) => {
      const named = groups[index]?.partitions?.map(keyOf);
      const wanted = named && new Set(named);
      return [groupId, wanted === undefined ? offsets : offsets.filter((commit) => wanted.has(keyOf(commit)))];
    }),
  );
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`;
}
