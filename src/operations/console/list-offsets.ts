import type { Cluster } from '../../client/cluster.js';
import { ListOffsets } from '../../protocol/messages/list-offsets.js';

/** Which offset of a partition is asked for: one of its ends, or the first at or after a time in milliseconds. */
export type OffsetQuestion = 'earliest' | 'end' | number;

export interface OffsetQuery {
  readonly topic: string;
  readonly partitions: readonly number[];
  readonly question: OffsetQuestion;
  /** With it the end is where an open transaction starts. */
  readonly isCommittedOnly: boolean;
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal;
}

/** The offset, `undefined` where the log has none (a time behind its last record); or the error code of a partition. */
export type OffsetAnswer = { readonly offset: bigint | undefined } | { readonly errorCode: number };

/** Asks the leaders for one offset of each partition. Partitions that nobody answered for have an error code. */
export async function listOffsets(cluster: Cluster, query: OffsetQuery): Promise<ReadonlyMap<number, OffsetAnswer>> {
  const timestamp = timestampOf(query.question);
  const response = await cluster.request(
    ListOffsets,
    {
      replicaId: -1,
      isolationLevel: query.isCommittedOnly ? 1 : 0,
      topics: [{ name: query.topic, partitions: query.partitions.map((partitionIndex) => ({ partitionIndex, timestamp })) }],
    },
    {
      timeoutMs: query.timeoutMs,
      signal: query.signal,
      unanswered: ({ topics }, errorCode) => ({
        throttleTimeMs: 0,
        topics: topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex }) => ({
            partitionIndex,
            errorCode,
            timestamp: -1n,
            offset: -1n,
            leaderEpoch: -1,
          })),
        })),
      }),
    },
  );
  const answers = response.topics.flatMap(({ partitions }) => partitions);
  return new Map(
    answers.map(({ partitionIndex, errorCode, offset }): [number, OffsetAnswer] => {
      if (errorCode !== 0) return [partitionIndex, { errorCode }];
      return [partitionIndex, { offset: offset < 0n ? undefined : offset }];
    }),
  );
}

function timestampOf(question: OffsetQuestion): bigint {
  if (question === 'earliest') return -2n;
  return question === 'end' ? -1n : BigInt(question);
}
