import type { CliError } from '../../core/errors.js';
import { errorCode } from '../../protocol/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import { brokerError } from '../broker-error.js';
import type { Cluster } from '../cluster.js';
import { listOffsets } from '../offsets.js';

/** Where a partition's log begins and ends, or why that is not known. */
export type Bounds =
  | { readonly start: bigint; readonly end: bigint; readonly highWatermark: bigint; readonly error?: never }
  | { readonly start?: never; readonly end?: never; readonly highWatermark?: never; readonly error: CliError };

/**
 * First offset and end (high watermark, or last stable offset) of partitions, by `topic partition`. Partitions of topics that do
 * not exist are answered from metadata at once, instead of being waited for.
 */
export async function partitionBounds(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  isolation: 'read_committed' | 'read_uncommitted',
): Promise<ReadonlyMap<string, Bounds>> {
  const unique = [...new Map(partitions.map(({ topic, partition }) => [`${topic} ${partition}`, { topic, partition }])).values()];
  if (unique.length === 0) return new Map();
  const topics = await cluster.direct.topics([...new Set(unique.map(({ topic }) => topic))]);
  const isKnown = ({ topic, partition }: TopicPartition): boolean =>
    topics.get(topic)?.partitions.some((known) => known.partition === partition) === true;
  const known = unique.filter(isKnown);
  const [starts, ends, highs] = await Promise.all([
    listOffsets(
      cluster,
      known.map((partition) => ({ ...partition, at: { kind: 'earliest' } as const })),
    ),
    listOffsets(
      cluster,
      known.map((partition) => ({ ...partition, at: { kind: 'latest' } as const })),
      { isolation },
    ),
    isolation === 'read_uncommitted'
      ? undefined
      : listOffsets(
          cluster,
          known.map((partition) => ({ ...partition, at: { kind: 'latest' } as const })),
        ),
  ]);
  const bounds = new Map<string, Bounds>();
  for (const partition of unique)
    if (!isKnown(partition)) bounds.set(keyOf(partition), { error: unknown(partition, topics.get(partition.topic)?.errorCode) });
  for (const [index, partition] of known.entries()) {
    const start = starts[index];
    const end = ends[index];
    if (start?.offset !== undefined && end?.offset !== undefined)
      bounds.set(keyOf(partition), {
        start: start.offset,
        end: end.offset,
        highWatermark: highs?.[index]?.offset ?? end.offset,
      });
    else bounds.set(keyOf(partition), { error: start?.error ?? end?.error ?? unknown(partition) });
  }
  return bounds;
}

/** A topic's own error (it must not be seen, say) explains more than that a partition is not there. */
function unknown({ topic, partition }: TopicPartition, code = 0): CliError {
  return brokerError(
    code === 0 ? errorCode.UNKNOWN_TOPIC_OR_PARTITION : code,
    undefined,
    `cannot read the bounds of ${topic}-${partition}`,
  );
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`;
}
