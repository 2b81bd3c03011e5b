import type { Cluster } from '../cluster.js';
import type { Producer } from './producer.js';
import type { ProducerSettings } from './producer-settings.js';

/**
 * Opens a producer: resolves `settings.topics`, gets a producer id, and with a transactional id takes it over from whoever used
 * it before.
 *
 * @throws CliError `usage`, `not-found`, `authorization`, `unsupported`, and those of the cluster
 */
export async function openProducer(cluster: Cluster, settings: Partial<ProducerSettings> = {}): Promise<Producer> {
  const { LiveProducer } = await import('./live-producer.js');
  return LiveProducer.open(cluster, settings);
}
