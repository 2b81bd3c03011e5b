import { findTopics, type TopicQuery } from '../../client/queries/find-topics.js';
import type { Context } from '../context.js';

/** One line of a list of topics. */
export interface TopicSummary {
  readonly name: string;
  readonly id: string | undefined;
  readonly internal: boolean;
  readonly partitionCount: number;
  /** The fewest replicas that any partition has; more than that is a reassignment under way. */
  readonly replicationFactor: number;
}

export interface ListTopicsResult {
  /** Sorted by name. */
  readonly topics: readonly TopicSummary[];
  /** Words that picked nothing. */
  readonly unmatched: readonly string[];
}

/** Lists topics with their sizes. */
export async function listTopics(ctx: Context, query: TopicQuery): Promise<ListTopicsResult> {
  ctx.progress('reading topics');
  const selected = await findTopics(await ctx.connect(), query);
  return {
    topics: selected.topics.map(({ name, id, internal, partitions }) => ({
      name,
      id,
      internal,
      partitionCount: partitions.length,
      replicationFactor: partitions.length === 0 ? 0 : Math.min(...partitions.map(({ replicas }) => replicas.length)),
    })),
    unmatched: [...selected.missing, ...selected.unmatched],
  };
}
