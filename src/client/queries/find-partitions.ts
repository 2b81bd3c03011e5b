import { CliError } from '../../core/errors.js';
import { selectPartitions, type PartitionSelection } from '../../core/topics/partition-selection.js';
import type { Cluster } from '../cluster.js';
import type { PartitionMetadata, TopicMetadata } from '../topic-metadata.js';
import { requireTopics } from './find-topics.js';

/** A topic and the partitions of it that were asked for, sorted. */
export interface FoundPartitions {
  readonly topic: TopicMetadata;
  readonly partitions: readonly PartitionMetadata[];
}

/**
 * Reads the topics that words pick, with those of their partitions that are asked for; topics of which none is picked are left
 * out.
 *
 * @throws CliError `not-found` naming every word that picks nothing, or every named partition that does not exist
 */
export async function requirePartitions(
  cluster: Cluster,
  selection: PartitionSelection,
  includeInternal: boolean,
): Promise<readonly FoundPartitions[]> {
  const topics = await requireTopics(cluster, { topics: selection.topics, includeInternal });
  const picked = selectPartitions(topics, selection);
  const problems = picked.flatMap(({ topic, missing }) =>
    missing.map((partition) => `topic '${topic.name}' has no partition ${partition}, only ${topic.partitions.length} from 0 on`),
  );
  const found = picked.filter(({ partitions }) => partitions.length > 0);
  if (problems.length === 0 && found.length === 0 && topics.length > 0) problems.push('no topic has a partition of this number');
  if (problems.length > 0) {
    throw new CliError('not-found', problems.join('\n'), { hint: 'see the partitions: kafkit topics describe TOPIC' });
  }
  return found.map(({ topic, partitions }) => ({ topic, partitions }));
}
