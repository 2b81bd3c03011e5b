import type { Cluster } from '../../client/cluster.js';
import { pause } from '../../client/pause.js';
import { CliError } from '../../core/errors.js';

// One topic's metadata costs a broker next to nothing, and somebody waits for the records.
const everyMs = 3000;

/**
 * Looks from time to time for partitions of a topic that are not among `known`, and tells of each once, until the signal. What
 * fails is tried again: whoever reads the partitions hears of what lasts.
 */
export async function watchPartitions(
  cluster: Cluster,
  { topic, known, signal }: { readonly topic: string; readonly known: Iterable<number>; readonly signal: AbortSignal },
  added: (partitions: readonly number[]) => void,
): Promise<void> {
  const seen = new Set(known);
  const refreshMs = Math.min(everyMs, cluster.direct.settings.metadataMaxAgeMs);
  while (!signal.aborted) {
    try {
      await pause(refreshMs, signal);
      const found = (await cluster.direct.topics([topic], { refresh: true, signal })).get(topic);
      const fresh = found?.partitions.map(({ partition }) => partition).filter((partition) => !seen.has(partition)) ?? [];
      for (const partition of fresh) seen.add(partition);
      if (fresh.length > 0) added(fresh);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
    }
  }
}
