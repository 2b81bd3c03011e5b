import { listTopics } from '../../client/metadata.js';
import { type OffsetAnswer, listOffsets, type OffsetPlace } from '../../client/offsets.js';
import type { ToolContext } from '../connect-tool.js';
import { isInternalTopic } from '../include-list.js';
import { clientFailure } from '../java/client-failure.js';
import { executionException } from '../java/java-error.js';
import { leaderFailure } from '../java/leader-failure.js';
import { terseError } from '../java/terse-error.js';
import type { ToolRun } from '../tool.js';
import type { PartitionFilter } from './partition-filter.js';

/** What to find. */
export interface OffsetsQuery {
  readonly filter: PartitionFilter;
  readonly place: OffsetPlace;
  readonly excludeInternal: boolean;
}

/**
 * Prints `topic:partition:offset` for each partition in the order of its text; tells on stderr which failed. Resolves to whether
 * all were answered.
 */
export async function printOffsets(run: ToolRun, context: ToolContext, query: OffsetsQuery): Promise<boolean> {
  const cluster = await context.connect();
  const topics = await listTopics(cluster).catch((error: unknown) => {
    throw executionException(clientFailure(error, 'listTopics'));
  });
  const places = topics
    .filter(({ name, internal }) => !query.excludeInternal || !(internal || isInternalTopic(name)))
    .flatMap(({ name, partitions }) => partitions.map(({ partition }) => ({ topic: name, partition })))
    .filter(query.filter);
  if (places.length === 0) throw terseError('Could not match any topic-partitions with the specified filters');
  const answers = await listOffsets(
    cluster,
    places.map((place) => ({ ...place, at: query.place })),
  ).catch((error: unknown) => {
    throw executionException(clientFailure(error, 'listOffsets(api=METADATA)'));
  });
  const failed = answers.filter(({ error }) => error !== undefined);
  run.err(failed.map(formatSkipped).join(''));
  const found = answers
    .map((answer) => ({ ...answer, text: `${answer.topic}-${answer.partition}` }))
    .sort((left, right) => (left.text < right.text ? -1 : 1));
  run.out(
    found.flatMap(({ topic, partition, offset }) => (offset === undefined ? [] : [`${topic}:${partition}:${offset}\n`])).join(''),
  );
  return failed.length === 0;
}

function formatSkipped({ topic, partition, error }: OffsetAnswer): string {
  const place = `${topic}-${partition}`;
  const why = executionException(leaderFailure(error, 'listOffsets')).message;
  return `Skip getting offsets for topic-partition ${place} due to error: ${why}\n`;
}
