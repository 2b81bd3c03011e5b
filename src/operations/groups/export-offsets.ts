import { describeCluster } from '../../client/cluster-info.js';
import { describeTopics } from '../../client/metadata.js';
import { findGroups } from '../../client/queries/find-groups.js';
import type { GroupQuery } from '../../core/groups/group-selection.js';
import { describeGap, type ListingGap } from '../../core/groups/listing-gap.js';
import { CliError } from '../../core/errors.js';
import type { OffsetFile } from '../../core/offset-file/offset-file.js';
import type { Context } from '../context.js';
import { committedFile, isBelowZero } from './committed-file.js';
import { readCommits, type Commits } from './read-commits.js';
import { recordTimes } from './record-times.js';

export interface ExportOffsetsOptions {
  /** Whether to read the time of the next record of each commit, by which an import finds it in another log. */
  readonly withTimestamps?: boolean;
}

/**
 * Reads what groups have committed as an offset file. Pending transactional commits are waited for, and what cannot be read fails
 * the whole: a file that lacks a partition would be taken for the truth later.
 *
 * @throws CliError `not-found` naming every group that does not exist; for all groups, where not all could be listed
 */
export async function exportOffsets(
  ctx: Context,
  query: GroupQuery,
  { withTimestamps = false }: ExportOffsetsOptions = {},
): Promise<OffsetFile> {
  const cluster = await ctx.connect();
  const takenAt = ctx.now();
  const found = await findGroups(cluster, query, { mustBeCertain: true });
  for (const gap of found.gaps) tellGap(ctx, query, gap);
  const [commits, info] = await Promise.all([
    readCommits(
      cluster,
      found.groupIds.map((groupId) => ({ groupId })),
    ),
    describeCluster(cluster),
  ]);
  for (const [groupId, offsets] of commits) {
    if (offsets.length === 0) ctx.warn(`group '${groupId}' has no committed offsets`);
  }
  const names = new Set([...commits.values()].flatMap((offsets) => offsets.map(({ topic }) => topic)));
  const topics = await describeTopics(cluster, [...names]);
  const topicIds = new Map(topics.flatMap(({ name, id }) => (id === undefined ? [] : [[name, id] as const])));
  const times = withTimestamps ? await recordTimes(ctx, cluster, inLogs(commits)) : undefined;
  return committedFile(commits, { clusterId: info.id, takenAt, topicIds, ...(times && { times }) });
}

/** @throws CliError for a file of all groups that would not be one of all */
function tellGap(ctx: Context, query: GroupQuery, gap: ListingGap): void {
  if (query !== 'all') return ctx.warn(describeGap(gap));
  throw new CliError(gap.error.code, `cannot export all groups: ${describeGap(gap)}`, {
    hint: 'name the groups to export those that can be reached',
    cause: gap.error,
  });
}

/** Commits below zero are at no record. */
function inLogs(commits: Commits): Commits {
  return new Map([...commits].map(([groupId, offsets]) => [groupId, offsets.filter((commit) => !isBelowZero(commit))]));
}
