import type { Broker } from '../../client/cluster.js';
import { findGroups } from '../../client/queries/find-groups.js';
import type { GroupQuery } from '../../core/groups/group-selection.js';
import { openGaps } from '../../client/queries/lost-groups.js';
import type { ListingGap } from '../../core/groups/listing-gap.js';
import { lagPartitions, snapshotGroups } from '../../client/queries/group-snapshot.js';
import type { CliError } from '../../core/errors.js';
import { computeGroupLag, type GroupLag } from '../../core/lag/group-lag.js';
import type { Context } from '../context.js';

/** One group: how it is run, and where it stands. */
export interface DescribedGroup extends GroupLag {
  readonly groupId: string;
  readonly state: string;
  /** Undefined where neither the group's coordinator nor a listing tells it. */
  readonly type: string | undefined;
  readonly protocolType: string;
  readonly assignor: string;
  /** Undefined where the group could not be listed. */
  readonly coordinator: Broker | undefined;
  /** Group epoch and epoch of the target assignment; new protocol only. */
  readonly epoch: number | undefined;
  readonly assignmentEpoch: number | undefined;
  /** Undefined where the group could not be described. */
  readonly memberCount: number | undefined;
  /** Why the group's members or commits are missing. */
  readonly error: CliError | undefined;
}

export interface DescribeGroupsResult {
  readonly groups: readonly DescribedGroup[];
  /** What an answer about all groups lacks; always empty for named ones. */
  readonly incomplete: readonly ListingGap[];
}

/**
 * Describes groups with their commits and lag.
 *
 * @throws CliError `not-found` naming every group that does not exist, `unsupported` for groups that are not of consumers
 */
export async function describeGroups(ctx: Context, query: GroupQuery): Promise<DescribeGroupsResult> {
  const cluster = await ctx.connect();
  const found = await findGroups(cluster, query);
  const incomplete = openGaps(ctx, query, found);
  const [snapshots, brokers] = await Promise.all([snapshotGroups(cluster, found.groupIds), cluster.brokers()]);
  const groups = snapshots.map((snapshot) => {
    const { groupId, description, error } = snapshot;
    const listed = found.listed.get(groupId);
    return {
      groupId,
      state: description.state,
      type: description.error === undefined ? description.type : listed?.type,
      protocolType: description.protocolType,
      assignor: description.assignor,
      coordinator: brokers.find(({ id }) => id === listed?.coordinator),
      epoch: description.epoch,
      assignmentEpoch: description.assignmentEpoch,
      memberCount: description.error === undefined ? description.members.length : undefined,
      error,
      ...computeGroupLag(lagPartitions(snapshot), snapshot.isComplete),
    };
  });
  return { groups, incomplete };
}
