import { CliError } from '../../core/errors.js';
import { errorCode } from '../../protocol/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import { OffsetCommit } from '../../protocol/messages/offset-commit.js';
import { brokerError } from '../broker-error.js';
import { newestByName, offsetTopics, type OffsetToCommit } from '../offset-topics.js';
import { type Membership, type MembershipHost, nameOf, without } from './membership.js';

/** The coordinator and the member disagree about the member; one of them is about to learn. */
const disagreements: ReadonlySet<number> = new Set([
  errorCode.REBALANCE_IN_PROGRESS,
  errorCode.ILLEGAL_GENERATION,
  errorCode.UNKNOWN_MEMBER_ID,
  errorCode.STALE_MEMBER_EPOCH,
  errorCode.FENCED_MEMBER_EPOCH,
]);

/** The topic is not there, or the coordinator has not heard of it yet. */
const missing: ReadonlySet<number> = new Set([errorCode.UNKNOWN_TOPIC_OR_PARTITION, errorCode.UNKNOWN_TOPIC_ID]);
const missingPatienceMs = 1000;

/**
 * Commits with the member's current generation. While the group changes, the commit is tried again with the generation that
 * follows, for the partitions that the member still owns then.
 *
 * @returns the partitions left out: not the member's any more, or not there any more
 * @throws CliError
 */
export async function commitAsMember(
  host: MembershipHost,
  membership: Membership,
  offsets: readonly OffsetToCommit[],
): Promise<readonly TopicPartition[]> {
  const { pace, cluster } = host;
  const { apiTimeoutMs, retryBackoffMs } = cluster.direct.settings;
  const start = pace.now();
  for (let kept = offsets; ;) {
    const gone = without(kept, host.owned());
    kept = without(kept, gone);
    if (kept.length === 0) return without(offsets, kept);
    const { generation } = membership;
    const codes = await send(host, membership, kept);
    const code = worstOf([...codes.values()]);
    if (code === errorCode.NONE) return without(offsets, kept);
    const elapsedMs = pace.now() - start;
    if (missing.has(code) && elapsedMs >= missingPatienceMs) {
      // The others are written.
      const found = kept.filter((offset) => !missing.has(codes.get(nameOf(offset)) ?? 0));
      return without(offsets, found);
    }
    const error = brokerError(code, undefined, `cannot commit offsets of group '${host.settings.groupId}'`).needing(
      'Read',
      `group '${host.settings.groupId}'`,
    );
    if (!disagreements.has(code) && !missing.has(code)) throw error;
    if (elapsedMs >= apiTimeoutMs) throw new CliError('timeout', error.message, { cause: error });
    if (generation === membership.generation) membership.refused(code);
    await pace.sleep(retryBackoffMs, host.signal);
    if (host.signal.aborted) throw error;
  }
}

/** The code that decides what happens next: disagreements before refusals, and both before what is only missing. */
function worstOf(codes: readonly number[]): number {
  const refusals = codes.filter((code) => code !== errorCode.NONE);
  return refusals.find((code) => disagreements.has(code)) ?? refusals.find((code) => !missing.has(code)) ?? refusals[0] ?? 0;
}

/** Sends one commit; the error code of each partition by its name. Offsets that belong to a known topic go by its id. */
async function send(
  host: MembershipHost,
  membership: Membership,
  offsets: readonly OffsetToCommit[],
): Promise<ReadonlyMap<string, number>> {
  const byId = offsets.filter(({ topicId }) => topicId !== undefined);
  const byName = offsets.filter(({ topicId }) => topicId === undefined);
  const answers = [
    ...(byId.length > 0 ? [await ask(host, membership, byId, undefined)] : []),
    ...(byName.length > 0 ? [await ask(host, membership, byName, newestByName)] : []),
  ];
  return new Map(answers.flat());
}

async function ask(
  { settings, cluster }: MembershipHost,
  { memberId, generation }: Membership,
  offsets: readonly OffsetToCommit[],
  atMost: number | undefined,
): Promise<[string, number][]> {
  const names = new Map(offsets.map(({ topic, topicId }) => [topicId, topic]));
  const body = {
    groupId: settings.groupId,
    generationIdOrMemberEpoch: generation,
    memberId,
    groupInstanceId: settings.groupInstanceId,
    topics: offsetTopics(offsets),
  };
  // Its own signal: what was printed must be committed, also when the printing was interrupted.
  const response = await cluster.request(OffsetCommit, body, { signal: new AbortController().signal, atMost });
  return response.topics.flatMap(({ name, topicId, partitions }) => {
    // Newer versions name topics by their ids only.
    const topic = name === '' ? (names.get(topicId) ?? '') : name;
    return partitions.map((row): [string, number] => [nameOf({ topic, partition: row.partitionIndex }), row.errorCode]);
  });
}
