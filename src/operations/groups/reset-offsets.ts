import type { Cluster } from '../../client/cluster.js';
import { describeTopics } from '../../client/metadata.js';
import { describeCluster } from '../../client/cluster-info.js';
import { findGroups } from '../../client/queries/find-groups.js';
import { refuseOddNewGroups } from '../../core/groups/group-selection.js';
import { describeGap } from '../../core/groups/listing-gap.js';
import { requireIdle } from '../../client/queries/idle-groups.js';
import { CliError } from '../../core/errors.js';
import type { Approval, Context } from '../context.js';
import { commitReset } from './commit-reset.js';
import { readReset } from './read-reset.js';
import type { ResetOffsetsInput, ResetOutcome, ResetPlan } from './reset-types.js';
import { committedFile } from './committed-file.js';
import { readCommits } from './read-commits.js';

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
  const found = await findGroups(cluster, input, { mayBeMissing: true, mustBeCertain: true });
  for (const gap of found.gaps) ctx.warn(describeGap(gap));
  for (const groupId of found.passedOver) ctx.warn(`group '${groupId}' matches too, and is left alone: it is not of consumers`);
  const groups = (await requireIdle(cluster, found.groupIds)).map(({ groupId, state }) => ({
    groupId,
    isNew: !found.listed.has(groupId) && (state === 'Dead' || state === ''),
  }));
  if (input.isLiteral !== true) refuseOddNewGroups(groups.filter(({ isNew }) => isNew).map(({ groupId }) => groupId));
  const clusterId = (await describeCluster(cluster)).id;
  const source = input.source.kind === 'of-groups' ? input.source.give(found.groupIds) : input.source;
  const { plan, topicIds } = await readReset(ctx, cluster, { ...input, source, groups, clusterId });
  const hasChanges = plan.groups.some(({ rows }) => rows.some(({ changes }) => changes));
  if (hasChanges && !(await approve(plan))) return { plan, results: undefined };
  await refuseRecreated(cluster, topicIds);
  const before = await readAgain(cluster, plan);
  if (input.save !== undefined) {
    warnOfLostPlaces(ctx, plan);
    await input.save(committedFile(before, { clusterId, takenAt: ctx.now(), topicIds }));
  }
  return { plan, results: await commitReset(ctx, cluster, plan) };
}

/** An offset file cannot say "no commit", and one below zero is never written. */
function warnOfLostPlaces(ctx: Context, plan: ResetPlan): void {
  for (const { groupId, rows } of plan.groups) {
    for (const { topic, partition, before } of rows) {
      if (before === undefined || before >= 0n) continue;
      ctx.warn(
        `the commit of ${topic}-${partition} in group '${groupId}' is below zero (${before}); the saved file does not put that back`,
      );
    }
    const count = rows.filter(({ before }) => before === undefined).length;
    if (count === 0) continue;
    ctx.warn(
      `group '${groupId}' has no commit yet for ${count} of ${rows.length} partitions; the saved file cannot put that back, 'groups delete-offsets' can`,
    );
  }
}

/** @throws CliError `input` where a topic was created anew while the plan was looked at: its offsets count other records */
async function refuseRecreated(cluster: Cluster, before: ReadonlyMap<string, string>): Promise<void> {
  const now = new Map((await describeTopics(cluster, [...before.keys()])).map(({ name, id }) => [name, id]));
  const recreated = [...before].find(([name, id]) => now.get(name) !== id);
  if (recreated === undefined) return;
  throw new CliError('input', `topic '${recreated[0]}' is not the one that the plan was made for; nothing was changed`, {
    hint: 'run the command again to see a plan of how it stands now',
  });
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
