import { CliError } from '../../core/errors.js';
import type { RequestBody, ResponseBody } from '../../protocol/message.js';
import { DescribeTopicPartitions } from '../../protocol/messages/describe-topic-partitions.js';
import type { Cluster, Limits } from '../cluster.js';

/** Which replicas outside the in-sync set hold every committed record and may lead (KIP-966). */
export interface EligibleReplicas {
  readonly elr: readonly number[];
  readonly lastKnownElr: readonly number[];
}

type Cursor = RequestBody<typeof DescribeTopicPartitions>['cursor'];

/** How to ask for eligible leader replicas. */
export interface EligibleReplicasOptions extends Limits {
  /** Most partitions of one answer; the broker has a limit of its own. Default 2000. */
  readonly pageSize?: number | undefined;
}

/**
 * Reads eligible leader replicas, page by page, as `topic` to `partition`. Empty where no partition's broker tells them: brokers
 * before 3.8 do not know the question, and null stands for "not told".
 */
export async function readEligibleReplicas(
  cluster: Cluster,
  topics: readonly string[],
  { pageSize, ...limits }: EligibleReplicasOptions = {},
): Promise<ReadonlyMap<string, ReadonlyMap<number, EligibleReplicas>>> {
  const found = new Map<string, Map<number, EligibleReplicas>>();
  // The broker wants names in order, and answers only those from the cursor on.
  const names = [...topics].sort().map((name) => ({ name }));
  try {
    let cursor: Cursor = null;
    do {
      const answer: ResponseBody<typeof DescribeTopicPartitions> = await cluster.request(
        DescribeTopicPartitions,
        { topics: from(names, cursor), cursor, ...(pageSize !== undefined && { responsePartitionLimit: pageSize }) },
        limits,
      );
      for (const { name, partitions } of answer.topics) {
        if (name === null) continue;
        const ofTopic = found.get(name) ?? new Map<number, EligibleReplicas>();
        for (const { partitionIndex, eligibleLeaderReplicas: elr, lastKnownElr } of partitions) {
          if (elr !== null && lastKnownElr !== null) ofTopic.set(partitionIndex, { elr, lastKnownElr });
        }
        found.set(name, ofTopic);
      }
      cursor = answer.nextCursor;
    } while (cursor !== null);
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'unsupported') throw error;
  }
  return found;
}

function from(names: readonly { name: string }[], cursor: Cursor): readonly { name: string }[] {
  return cursor === null || cursor === undefined ? names : names.filter(({ name }) => name >= cursor.topicName);
}
