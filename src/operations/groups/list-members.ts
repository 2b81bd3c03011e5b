import { describeGroups, type GroupDescription } from '../../client/groups/describe-groups.js';
import { findGroups } from '../../client/queries/find-groups.js';
import type { GroupQuery } from '../../core/groups/group-selection.js';
import { openGaps } from '../../client/queries/lost-groups.js';
import type { ListingGap } from '../../core/groups/listing-gap.js';
import type { Context } from '../context.js';

export interface ListMembersResult {
  readonly groups: readonly GroupDescription[];
  /** What an answer about all groups lacks; always empty for named ones. */
  readonly incomplete: readonly ListingGap[];
}

/**
 * Tells who is in groups, and what each holds. Groups of connectors and the like are taken too, without assignments.
 *
 * @throws CliError `not-found` naming every group that does not exist, `unsupported` for share and streams groups
 */
export async function listMembers(ctx: Context, query: GroupQuery): Promise<ListMembersResult> {
  const cluster = await ctx.connect();
  const found = await findGroups(cluster, query, { anyProtocol: true });
  const incomplete = openGaps(ctx, query, found);
  return { groups: await describeGroups(cluster, found.groupIds), incomplete };
}
