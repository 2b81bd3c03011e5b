import type { CliError } from '../../core/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import { OffsetDelete } from '../../protocol/messages/offset-delete.js';
import { brokerError } from '../broker-error.js';
import type { Cluster } from '../cluster.js';
import { groupTopics } from '../group-topics.js';

/** What became of one partition's commit; no `error`: it is gone. */
export type DeletedOffset = TopicPartition & { readonly error?: CliError };

/**
 * Deletes what a group committed for some partitions (KIP-496), in the order asked; of none, the coordinator still checks the group.
 *
 * @throws BrokerError where the coordinator refuses the whole request, for example because the group does not exist
 */
export async function deleteOffsets(
  cluster: Cluster,
  groupId: string,
  partitions: readonly TopicPartition[],
): Promise<readonly DeletedOffset[]> {
  const response = await cluster.request(OffsetDelete, {
    groupId,
    topics: groupTopics(partitions, ({ partition }) => ({ partitionIndex: partition })),
  });
  if (response.errorCode !== 0) throw brokerError(response.errorCode, undefined, `cannot delete offsets of group '${groupId}'`);
  const codes = new Map(
    response.topics.flatMap(({ name, partitions: rows }) =>
      rows.map((row) => [`${name} ${row.partitionIndex}`, row.errorCode] as const),
    ),
  );
  return partitions.map(({ topic, partition }) => {
    const code = codes.get(`${topic} ${partition}`) ?? -1;
    if (code === 0) return { topic, partition };
    return {
      topic,
      partition,
      error: brokerError(code, undefined, `cannot delete the offset of ${topic}-${partition} in group '${groupId}'`),
    };
  });
}
