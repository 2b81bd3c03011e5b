import type { CliError } from '../../core/errors.js';
import { OffsetCommit } from '../../protocol/messages/offset-commit.js';
import { brokerError } from '../broker-error.js';
import type { Cluster } from '../cluster.js';
import { newestByName, offsetTopics, type OffsetToCommit } from '../offset-topics.js';

/** What became of one commit; no `error`: it is written. */
export type CommitResult = OffsetToCommit & { readonly error?: CliError };

/**
 * Commits offsets for a group from outside, without joining it: the coordinator takes that only while the group has no members.
 * Committing the same offsets twice changes nothing, so a lost answer is asked for again.
 */
export async function commitOffsets(
  cluster: Cluster,
  groupId: string,
  offsets: readonly OffsetToCommit[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<readonly CommitResult[]> {
  if (offsets.length === 0) return [];
  // A file of offsets may not have the ids of topics.
  const body = { groupId, memberId: '', topics: offsetTopics(offsets) };
  const response = await cluster.request(OffsetCommit, body, { atMost: newestByName, ...(signal && { signal }) });
  const codes = new Map(
    response.topics.flatMap(({ name, partitions }) =>
      partitions.map((row) => [`${name} ${row.partitionIndex}`, row.errorCode] as const),
    ),
  );
  return offsets.map((row) => {
    const code = codes.get(`${row.topic} ${row.partition}`) ?? -1;
    return code === 0
      ? row
      : { ...row, error: brokerError(code, undefined, `cannot commit ${row.topic}-${row.partition} for group '${groupId}'`) };
  });
}
