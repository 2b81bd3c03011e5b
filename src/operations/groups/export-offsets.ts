import { describeCluster } from '../../client/cluster-info.js';
import { describeTopics } from '../../client/metadata.js';
import { findGroups, type GroupQuery } from '../../client/queries/find-groups.js';
import type { OffsetFile } from '../../core/offset-file/offset-file.js';
import type { Context } from '../context.js';
import { readCommits, committedFile } from './committed-file.js';
import { recordTimes } from './record-times.js';

export interface ExportOffsetsOptions {
  /** Whether to read the time of the next record of each commit, by which an import finds it in another log. */
  readonly withTimestamps?: boolean;
}

/**
 * Reads what groups have committed as an offset file. Pending transactional commits are waited for, and what cannot be read fails
 * the whole: a file that lacks a partition would be taken for the truth later.
 *
 * @throws CliError `not-found` naming every group that does not exist
 */
export async function exportOffsets(
  ctx: Context,
  query: GroupQuery,
  { withTimestamps = false }: ExportOffsetsOptions = {},
): Promise<OffsetFile> {
  const cluster = await ctx.connect();
  const takenAt = ctx.now();
  const found = await findGroups(cluster, query);
  for (const failure of found.failures) ctx.warn(failure);
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
  const times = withTimestamps ? await recordTimes(ctx, cluster, commits) : undefined;
  return committedFile(commits, { clusterId: info.id, takenAt, topicIds, ...(times && { times }) });
}
