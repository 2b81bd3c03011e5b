import type { Cluster } from '../../client/cluster.js';
import { describeCluster } from '../../client/cluster-info.js';
import { findGroups } from '../../client/queries/find-groups.js';
import { describeGap } from '../../core/groups/listing-gap.js';
import { requireIdle } from '../../client/queries/idle-groups.js';
import { CliError } from '../../core/errors.js';
import type { OffsetFile } from '../../core/offset-file/offset-file.js';
import type { GivenOffsets } from '../../core/reset/groups-of-file.js';
import type { TopicScope } from '../../core/reset/parse-scope.js';
import type { ResetRow, ResetTarget } from '../../core/reset/plan-reset.js';
import type { Approval, Context } from '../context.js';
import { commitReset } from './commit-reset.js';
import { readReset } from './read-reset.js';
import { readCommits, committedFile } from './committed-file.js';

/** Where the offsets of each group come from. */
export type ResetSource =
  | { readonly kind: 'target'; readonly target: ResetTarget }
  /** `clusterId`: of the cluster they were taken from, where that is known; `byTime`: as timestamps to find, not as offsets. */
  | {
      readonly kind: 'given';
      readonly groups: readonly GivenOffsets[];
      readonly clusterId: string | undefined;
      readonly byTime?: boolean;
    }
  /** The commits of another group. */
  | { readonly kind: 'group'; readonly groupId: string };

export interface ResetOffsetsInput {
  readonly groupIds: readonly string[];
  readonly source: ResetSource;
  /** Topics and partitions; `committed`: every partition that the group has a commit for, or an offset was given for. */
  readonly scope: readonly TopicScope[] | 'committed';
  /** Keeps what undoes the change; called after approval and before anything is written. */
  readonly save?: ((undo: OffsetFile) => Promise<void>) | undefined;
}

/** What one group's offsets would become. */
export interface GroupReset {
  readonly groupId: string;
  /** The group does not exist, and begins to with its first commit. */
  readonly isNew: boolean;
  readonly rows: readonly ResetRow[];
}

export interface ResetPlan {
  readonly groups: readonly GroupReset[];
}

/**
 * What became of one partition. `unchanged`: it stood there already. `unknown`: the commit was sent, and no answer came.
 * `not-tried`: the run ended before.
 */
export interface ResetOutcome {
  readonly groupId: string;
  readonly row: ResetRow;
  readonly status: 'written' | 'unchanged' | 'failed' | 'unknown' | 'not-tried';
  readonly error: CliError | undefined;
}

export interface ResetOffsetsResult {
  readonly plan: ResetPlan;
  /** Undefined after a dry run; in the order of the plan. */
  readonly results: readonly ResetOutcome[] | undefined;
}

/**
 * Moves the committed offsets of groups that nobody is in. Commits go to the coordinators without joining. Nothing is written
 * unless everything could be planned.
 *
 * @throws CliError `input` naming the members of groups in use, or every partition that cannot be planned
 */
export async function resetOffsets(
  ctx: Context,
  input: ResetOffsetsInput,
  approve: Approval<ResetPlan>,
): Promise<ResetOffsetsResult> {
  const cluster = await ctx.connect();
  const found = await findGroups(cluster, { groupIds: input.groupIds }, { mayBeMissing: true });
  for (const gap of found.gaps) ctx.warn(describeGap(gap));
  const groups = (await requireIdle(cluster, found.groupIds)).map(({ groupId, state }) => ({
    groupId,
    isNew: !found.listed.has(groupId) && (state === 'Dead' || state === ''),
  }));
  const clusterId = (await describeCluster(cluster)).id;
  const { plan, topicIds } = await readReset(ctx, cluster, { ...input, groups, clusterId });
  const hasChanges = plan.groups.some(({ rows }) => rows.some(({ changes }) => changes));
  if (hasChanges && !(await approve(plan))) return { plan, results: undefined };
  const before = await readAgain(cluster, plan);
  if (input.save !== undefined) {
    warnOfNewCommits(ctx, plan);
    await input.save(committedFile(before, { clusterId, takenAt: ctx.now(), topicIds }));
  }
  return { plan, results: await commitReset(ctx, cluster, plan) };
}

/** An offset file cannot say "no commit". */
function warnOfNewCommits(ctx: Context, plan: ResetPlan): void {
  for (const { groupId, rows } of plan.groups) {
    const count = rows.filter(({ before }) => before === undefined).length;
    if (count === 0) continue;
    ctx.warn(
      `group '${groupId}' has no commit yet for ${count} of ${rows.length} partitions; the saved file cannot put that back, 'groups delete-offsets' can`,
    );
  }
}

/** @throws CliError `input` where somebody moved an offset while the plan was looked at: the plan is not true any more */
async function readAgain(cluster: Cluster, plan: ResetPlan): ReturnType<typeof readCommits> {
  const commits = await readCommits(
    cluster,
    plan.groups.map(({ groupId, rows }) => ({ groupId, partitions: rows })),
  );
  for (const { groupId, rows } of plan.groups) {
    const now = new Map(commits.get(groupId)?.map((commit) => [`${commit.topic} ${commit.partition}`, commit.offset]));
    const moved = rows.find(({ topic, partition, before }) => now.get(`${topic} ${partition}`) !== before);
    if (moved === undefined) continue;
    throw new CliError(
      'input',
      `group '${groupId}' moved ${moved.topic}-${moved.partition} since the plan was made; nothing was changed`,
      { hint: 'run the command again to see a plan of how it stands now' },
    );
  }
  return commits;
}
