import type { CliError } from '../../core/errors.js';
import type { RequestBody, ResponseBody, TopicPartition } from '../../protocol/message.js';
import { OffsetFetch } from '../../protocol/messages/offset-fetch.js';
import { brokerError } from '../broker-error.js';
import { byTopic } from '../by-topic.js';
import type { Cluster, Limits } from '../cluster.js';
import { Lookups } from '../lookups.js';
import { lostAnswer } from '../lost-answers.js';

/** What a group committed for one partition. */
export interface CommittedOffset extends TopicPartition {
  /** Below zero where a client wrote that: brokers keep any number, and consumers take it for no commit. */
  readonly offset: bigint;
  /** Leader epoch of the record before it, where the consumer knew it (KIP-320). */
  readonly leaderEpoch: number | undefined;
  readonly metadata: string;
}

/** The commits of one group. */
export interface GroupOffsets {
  readonly groupId: string;
  readonly offsets: readonly CommittedOffset[];
  /** Partitions whose commit could not be read. */
  readonly failures: readonly (TopicPartition & { readonly error: CliError })[];
  /** Why nothing of the group could be read. */
  readonly error?: CliError;
}

export interface CommittedOffsetsOptions extends Limits {
  /** Waits until pending transactional commits are decided, so that no offset is read that may still change (KIP-447). Default: true. */
  readonly requireStable?: boolean;
}

/**
 * Committed offsets of groups, asked of their coordinators side by side; partitions without a commit are left out. `partitions`
 * limits what is asked for; default: everything that the group ever committed. Only then are commits below zero told: of a named
 * partition a coordinator says -1 where there is none. A group whose coordinator does not answer has an error and costs the
 * others nothing.
 */
export async function committedOffsets(
  cluster: Cluster,
  groups: readonly { readonly groupId: string; readonly partitions?: readonly TopicPartition[] }[],
  { requireStable = true, ...limits }: CommittedOffsetsOptions = {},
): Promise<readonly GroupOffsets[]> {
  if (groups.length === 0) return [];
  const body = {
    groups: groups.map(({ groupId, partitions }) => ({
      groupId,
      topics: partitions === undefined ? null : topicIndexes(partitions),
    })),
    requireStable,
  };
  const lookups = new Lookups();
  const response = await cluster.request(OffsetFetch, body, { ...limits, unanswered, onStranded: lookups.note });
  const answers = new Map(response.groups.map((group) => [group.groupId, group]));
  return groups.map(({ groupId, partitions: named }) => {
    const answer = answers.get(groupId);
    if (answer === undefined || answer.errorCode !== 0) {
      const what = `cannot read the offsets of group '${groupId}'`;
      const error = brokerError(answer?.errorCode ?? -1, undefined, what, lostAnswer(response, groupId));
      return { groupId, offsets: [], failures: [], error: lookups.explain(groupId, error) };
    }
    const rows = answer.topics.flatMap(({ name, partitions }) => partitions.map((row) => ({ topic: name, ...row })));
    return {
      groupId,
      offsets: rows
        .filter((row) => row.errorCode === 0 && (named === undefined || row.committedOffset >= 0n))
        .map((row) => ({
          topic: row.topic,
          partition: row.partitionIndex,
          offset: row.committedOffset,
          leaderEpoch: row.committedLeaderEpoch < 0 ? undefined : row.committedLeaderEpoch,
          metadata: row.metadata ?? '',
        })),
      failures: rows
        .filter((row) => row.errorCode !== 0)
        .map((row) => ({
          topic: row.topic,
          partition: row.partitionIndex,
          error: brokerError(
            row.errorCode,
            undefined,
            `cannot read the offset of ${row.topic}-${row.partitionIndex} in group '${groupId}'`,
          ),
        })),
    };
  });
}

function unanswered({ groups = [] }: RequestBody<typeof OffsetFetch>, code: number): ResponseBody<typeof OffsetFetch> {
  const answers = groups.map(({ groupId }) => ({ groupId, topics: [], errorCode: code }));
  return { throttleTimeMs: 0, topics: [], errorCode: 0, groups: answers };
}

function topicIndexes(partitions: readonly TopicPartition[]): { name: string; partitionIndexes: number[] }[] {
  return [...byTopic(partitions)].map(([name, rows]) => ({ name, partitionIndexes: rows.map(({ partition }) => partition) }));
}
