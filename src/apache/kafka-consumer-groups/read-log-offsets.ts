import type { OffsetPlace } from '../../client/offsets.js';
import type { TopicPartition } from '../../protocol/message.js';
import { inWrappedFuture } from './call-failure.js';
import type { GroupsRun } from './groups-run.js';

/**
 * One offset of each partition's log, by `topic partition`; left out where the log has none there (every record is older).
 *
 * @throws JavaError for the first partition that cannot be asked
 */
export async function readLogOffsets(
  run: GroupsRun,
  partitions: readonly TopicPartition[],
  at: OffsetPlace,
): Promise<ReadonlyMap<string, bigint>> {
  const { listOffsets } = await import('../../client/offsets.js');
  const unique = new Map(partitions.map(({ topic, partition }) => [`${topic} ${partition}`, { topic, partition, at }]));
  return inWrappedFuture('listOffsets(api=LIST_OFFSETS)', async () => {
    if (unique.size === 0) return new Map();
    const answers = await listOffsets(await run.connect(), [...unique.values()], run.limits);
    const found = new Map<string, bigint>();
    for (const { topic, partition, offset, error } of answers) {
      if (error !== undefined) throw error;
      if (offset !== undefined) found.set(`${topic} ${partition}`, offset);
    }
    return found;
  });
}
