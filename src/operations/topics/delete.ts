import type { Cluster } from '../../client/cluster.js';
import { listOffsets, type OffsetAnswer } from '../../client/offsets.js';
import { findTopics, noTopicError, type TopicQuery } from '../../client/queries/find-topics.js';
import type { TopicMetadata } from '../../client/topic-metadata.js';
import { deleteTopics as sendDeleteTopics } from '../../client/topics.js';
import { CliError } from '../../core/errors.js';
import { statusAfter } from '../../core/lost-answer.js';
import type { Approval, Context } from '../context.js';

/** Which topics to delete. */
export interface DeleteTopicsInput extends TopicQuery {
  /** Words that pick nothing are no failure. */
  readonly ifExists: boolean;
}

/** One topic that would go. */
export interface DoomedTopic {
  readonly name: string;
  readonly internal: boolean;
  readonly partitionCount: number;
  /** Offsets between start and end of the partitions that answered: at least as many as there are records; undefined where none did. */
  readonly records: bigint | undefined;
  /** Partitions whose records are not counted, because their start and end could not be read. */
  readonly withoutRecords: number;
}

export interface DeletePlan {
  /** Sorted by name. */
  readonly topics: readonly DoomedTopic[];
  /** Words that pick nothing; empty without `ifExists`. */
  readonly missing: readonly string[];
}

/** What became of one topic; `unknown`: the request was sent, and no answer came. */
export interface DeletedTopic {
  readonly name: string;
  readonly status: 'deleted' | 'failed' | 'unknown';
  readonly error: CliError | undefined;
}

export interface DeleteTopicsResult {
  readonly plan: DeletePlan;
  /** Undefined after a dry run; empty where there was nothing to delete. */
  readonly results: readonly DeletedTopic[] | undefined;
}

// A partition whose leader does not answer must not hold up the plan: the count is only to help decide.
const countTimeoutMs = 5000;

/**
 * Deletes topics, each for itself, after showing what goes.
 *
 * @throws CliError `not-found` naming every word that picks nothing, `usage` for an internal topic without `includeInternal`
 */
export async function deleteTopics(
  ctx: Context,
  input: DeleteTopicsInput,
  approve: Approval<DeletePlan>,
): Promise<DeleteTopicsResult> {
  ctx.progress('reading topics');
  const cluster = await ctx.connect();
  const selected = await findTopics(cluster, input);
  if (!input.ifExists) {
    const error = noTopicError(selected);
    if (error !== undefined) throw error;
  }
  const internal = selected.topics.filter((topic) => topic.internal && !input.includeInternal);
  if (internal.length > 0) {
    throw new CliError('usage', internal.map(({ name }) => `topic '${name}' is one of Kafka's own`).join('\n'), {
      hint: 'groups and transactions lose their state with it; add --internal if that is what you want',
    });
  }
  const plan: DeletePlan = {
    topics: await count(cluster, selected.topics),
    missing: [...selected.missing, ...selected.unmatched],
  };
  if (plan.topics.length === 0) return { plan, results: [] };
  if (!(await approve(plan))) return { plan, results: undefined };
  ctx.progress('deleting topics');
  return { plan, results: await send(cluster, plan.topics) };
}

async function count(cluster: Cluster, topics: readonly TopicMetadata[]): Promise<DoomedTopic[]> {
  const records = await countRecords(cluster, topics);
  return topics.map(({ name, internal, partitions }) => ({
    name,
    internal,
    partitionCount: partitions.length,
    records: records.get(name)?.sum,
    withoutRecords: partitions.length - (records.get(name)?.counted ?? 0),
  }));
}

interface Count {
  readonly sum: bigint;
  /** Partitions that it is of. */
  readonly counted: number;
}

/** Start to end of every partition that has a leader, summed by topic. */
async function countRecords(cluster: Cluster, topics: readonly TopicMetadata[]): Promise<ReadonlyMap<string, Count>> {
  const led = topics.flatMap(({ name, partitions }) =>
    partitions.filter(({ leader }) => leader !== undefined).map(({ partition }) => ({ topic: name, partition })),
  );
  const ask = (kind: 'earliest' | 'latest'): Promise<readonly OffsetAnswer[]> =>
    listOffsets(
      cluster,
      led.map((place) => ({ ...place, at: { kind } })),
      { timeoutMs: countTimeoutMs },
    );
  const records = new Map<string, Count>();
  try {
    const [starts, ends] = await Promise.all([ask('earliest'), ask('latest')]);
    for (const [index, { topic, offset: end }] of ends.entries()) {
      const start = starts[index]?.offset;
      if (start === undefined || end === undefined) continue;
      const { sum, counted } = records.get(topic) ?? { sum: 0n, counted: 0 };
      records.set(topic, { sum: sum + end - start, counted: counted + 1 });
    }
  } catch (error) {
    // The count only helps to decide; the topics can go without it.
    if (!(error instanceof CliError) || error.code === 'aborted') throw error;
  }
  return records;
}

async function send(cluster: Cluster, topics: readonly DoomedTopic[]): Promise<DeletedTopic[]> {
  const names = topics.map(({ name }) => name);
  try {
    const results = await sendDeleteTopics(cluster, names);
    const errors = new Map(results.map(({ name, error }) => [name, error]));
    return names.map((name) => {
      const error = errors.get(name);
      return { name, status: error === undefined ? 'deleted' : 'failed', error };
    });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return names.map((name) => ({ name, status: statusAfter(error), error }));
  }
}
