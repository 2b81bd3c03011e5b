import { describeGroups, type GroupDescription } from '../../client/groups/describe-groups.js';
import { findGroups, type GroupQuery } from '../../client/queries/find-groups.js';
import type { Context } from '../context.js';

/**
 * Tells who is in groups, and what each holds. Groups of connectors and the like are taken too, without assignments.
 *
 * @throws CliError `not-found` naming every group that does not exist, `unsupported` for share and streams groups
 */
export async function listMembers(ctx: Context, query: GroupQuery): Promise<readonly GroupDescription[]> {
  const cluster = await ctx.connect();
  const found = await findGroups(cluster, query, { anyProtocol: true });
  for (const failure of found.failures) ctx.warn(failure);
  return describeGroups(cluster, found.groupIds);
}
