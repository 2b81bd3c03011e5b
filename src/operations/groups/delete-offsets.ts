import { deleteOffsets as sendDeleteOffsets } from '../../client/groups/delete-offsets.js';
import { findGroups } from '../../client/queries/find-groups.js';
import { describeGap } from '../../core/groups/listing-gap.js';
import { CliError } from '../../core/errors.js';
import { covers, isInScope, type TopicScope } from '../../core/reset/parse-scope.js';
import type { Approval, Context } from '../context.js';
import { readCommits } from './read-commits.js';

export interface DeleteOffsetsInput {
  readonly groupId: string;
  readonly scope: readonly TopicScope[];
}

/** One commit that would go. */
export interface DoomedOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

export interface DeleteOffsetsPlan {
  readonly groupId: string;
  /** Sorted by topic and number. */
  readonly offsets: readonly DoomedOffset[];
}

/** What became of one commit; `unknown`: the request was sent, and no answer came. */
export interface OffsetDeletion extends DoomedOffset {
  readonly status: 'deleted' | 'failed' | 'unknown';
  readonly error: CliError | undefined;
}

export interface DeleteOffsetsResult {
  readonly plan: DeleteOffsetsPlan;
  /** Undefined after a dry run. */
  readonly results: readonly OffsetDeletion[] | undefined;
}

/**
 * Deletes what a group committed for some topics. A group in use keeps the commits of topics that its members subscribe to.
 *
 * @throws CliError `not-found` for a group that does not exist, and naming everything in the scope that it has no commit for
 */
export async function deleteOffsets(
  ctx: Context,
  { groupId, scope }: DeleteOffsetsInput,
  approve: Approval<DeleteOffsetsPlan>,
): Promise<DeleteOffsetsResult> {
  const cluster = await ctx.connect();
  const found = await findGroups(cluster, { groupIds: [groupId] });
  for (const gap of found.gaps) ctx.warn(describeGap(gap));
  const commits = (await readCommits(cluster, [{ groupId }])).get(groupId) ?? [];
  const offsets = commits
    .filter((commit) => isInScope(scope, commit))
    .map(({ topic, partition, offset }) => ({ topic, partition, offset }))
    .sort(compareOffsets);
  refuseMissing(groupId, scope, offsets);
  const plan = { groupId, offsets };
  if (!(await approve(plan))) return { plan, results: undefined };
  try {
    const results = await sendDeleteOffsets(cluster, groupId, offsets);
    return {
      plan,
      results: offsets.map((offset, index) => {
        const error = results[index]?.error;
        return { ...offset, status: error === undefined ? 'deleted' : 'failed', error };
      }),
    };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const status = error.code === 'connection' || error.code === 'timeout' ? 'unknown' : 'failed';
    return { plan, results: offsets.map((offset) => ({ ...offset, status, error })) };
  }
}

function refuseMissing(groupId: string, scope: readonly TopicScope[], offsets: readonly DoomedOffset[]): void {
  const has = (topic: string, partition: number): boolean =>
    offsets.some((offset) => offset.topic === topic && offset.partition === partition);
  const lines = scope.flatMap((part) => {
    const { topic, partitions, pattern } = part;
    if (pattern !== undefined || partitions === undefined) {
      const what = pattern === undefined ? `topic '${topic}'` : `a topic that matches '${topic}'`;
      return offsets.some((offset) => covers(part, offset)) ? [] : [`group '${groupId}' has no committed offset for ${what}`];
    }
    return partitions
      .filter((partition) => !has(topic, partition))
      .map((partition) => `group '${groupId}' has no committed offset for ${topic}-${partition}`);
  });
  if (lines.length === 0) return;
  throw new CliError('not-found', lines.join('\n'), { hint: `see what it has: kafkit groups describe ${groupId}` });
}

function compareOffsets(left: DoomedOffset, right: DoomedOffset): number {
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1;
  return left.partition - right.partition;
}
