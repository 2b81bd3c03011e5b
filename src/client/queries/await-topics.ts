import { sleep } from '../../timers/timers.js';
import type { Cluster } from '../cluster.js';
import { describeTopics } from '../metadata.js';
import type { TopicMetadata } from '../topic-metadata.js';

export interface AwaitTopicsOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

// Brokers usually know a new topic within a few milliseconds.
const pauseMs = 20;

/**
 * Waits until a broker knows the topics and a leader of each of their partitions: the controller says that a topic is created
 * before the brokers have heard of it. Tells whether it came to that in time; never fails for being slow.
 */
export function awaitTopics(cluster: Cluster, names: readonly string[], options: AwaitTopicsOptions): Promise<boolean> {
  const isReady = ({ errorCode, partitions }: TopicMetadata): boolean =>
    errorCode === 0 && partitions.every(({ leader }) => leader !== undefined);
  return awaitMetadata(cluster, names, isReady, options);
}

/** The same for any other state that topics come to: gone, or grown. */
export async function awaitMetadata(
  cluster: Cluster,
  names: readonly string[],
  isReady: (topic: TopicMetadata) => boolean,
  options: AwaitTopicsOptions,
): Promise<boolean> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    const topics = await describeTopics(cluster, names, { signal: options.signal });
    if (topics.every(isReady)) return true;
    if (options.signal.aborted || performance.now() > deadline) return false;
    await sleep(pauseMs, options.signal);
  }
}
