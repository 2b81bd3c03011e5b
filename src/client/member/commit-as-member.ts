import { CliError } from '../../core/errors.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import { OffsetCommit } from '../../protocol/messages/offset-commit.js';
import { brokerError } from '../broker-error.js';
import type { OffsetToCommit } from '../groups/commit-offsets.js';
import { type Membership, type MembershipHost, nameOf, without } from './membership.js';

/** The coordinator and the member disagree about the member; one of them is about to learn. */
const disagreements: ReadonlySet<number> = new Set([
  errorCode.REBALANCE_IN_PROGRESS,
  errorCode.ILLEGAL_GENERATION,
  errorCode.UNKNOWN_MEMBER_ID,
  errorCode.STALE_MEMBER_EPOCH,
  errorCode.FENCED_MEMBER_EPOCH,
]);

/**
 * Commits with the member's current generation. While the group changes, the commit is tried again with the generation that
 * follows, for the partitions that the member still owns then.
 *
 * @returns the partitions left out because they are not the member's any more
 * @throws CliError
 */
export async function commitAsMember(
  host: MembershipHost,
  membership: Membership,
  offsets: readonly OffsetToCommit[],
): Promise<readonly TopicPartition[]> {
  const { pace, cluster } = host;
  const { apiTimeoutMs, retryBackoffMs } = cluster.direct.settings;
  const deadline = pace.now() + apiTimeoutMs;
  for (;;) {
    const gone = without(offsets, host.owned());
    const kept = offsets.filter((offset) => !gone.some((partition) => nameOf(partition) === nameOf(offset)));
    if (kept.length === 0) return gone;
    const { generation } = membership;
    const code = await send(host, membership, kept);
    if (code === errorCode.NONE) return gone;
    const error = brokerError(code, undefined, `cannot commit offsets of group '${host.settings.groupId}'`);
    if (!disagreements.has(code)) throw error;
    if (pace.now() >= deadline) throw new CliError('timeout', error.message, { cause: error });
    if (generation === membership.generation) membership.refused(code);
    await pace.sleep(retryBackoffMs, host.signal);
    if (host.signal.aborted) throw error;
  }
}

/** The first error code of the commit, disagreements before all others. */
async function send(
  host: MembershipHost,
  { memberId, generation }: Membership,
  offsets: readonly OffsetToCommit[],
): Promise<number> {
  const { settings, cluster } = host;
  const topics = new Map<string, OffsetToCommit[]>();
  for (const offset of offsets) topics.set(offset.topic, [...(topics.get(offset.topic) ?? []), offset]);
  const response = await cluster.request(
    OffsetCommit,
    {
      groupId: settings.groupId,
      generationIdOrMemberEpoch: generation,
      memberId,
      groupInstanceId: settings.groupInstanceId,
      topics: [...topics].map(([name, rows]) => ({
        name,
        partitions: rows.map(({ partition, offset, leaderEpoch = -1, metadata = '' }) => ({
          partitionIndex: partition,
          committedOffset: offset,
          committedLeaderEpoch: leaderEpoch,
          committedMetadata: metadata,
        })),
      })),
    },
    // Its own signal: what was printed must be committed, also when the printing was interrupted.
    { signal: new AbortController().signal },
  );
  const codes = response.topics.flatMap(({ partitions }) => partitions.map((partition) => partition.errorCode));
  return codes.find((code) => disagreements.has(code)) ?? codes.find((code) => kafkaError(code).code !== errorCode.NONE) ?? 0;
}
