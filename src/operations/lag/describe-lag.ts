import { lagPartitions, snapshotGroups } from '../../client/queries/group-snapshot.js';
import { findGroups } from '../../client/queries/find-groups.js';
import { narrowGroups, type GroupQuery, type GroupSelection } from '../../core/groups/group-selection.js';
import { openGaps } from '../../client/queries/lost-groups.js';
import type { ListingGap } from '../../core/groups/listing-gap.js';
import { unreadAges, type UnreadAge } from '../../client/queries/unread-ages.js';
import type { CliError } from '../../core/errors.js';
import { computeGroupLag, type GroupLag, type LagRow } from '../../core/lag/group-lag.js';
import type { Context } from '../context.js';

export interface DescribeLagOptions {
  readonly groups: GroupQuery;
  /** Narrows the groups found; a word that picks none is told in the answer. */
  readonly only?: GroupSelection | undefined;
  readonly isolation: 'read_committed' | 'read_uncommitted';
  /** Whether to read the oldest unread record of each partition and tell its age. */
  readonly withTime: boolean;
}

/** One partition's lag, with its age where that was asked for. */
export type AgedLagRow = LagRow & { readonly age: UnreadAge | undefined };

/** The lag of one group. */
export interface DescribedLag extends Omit<GroupLag, 'rows'> {
  readonly groupId: string;
  readonly state: string;
  /** Undefined where neither the group's coordinator nor a listing tells it. */
  readonly type: string | undefined;
  readonly rows: readonly AgedLagRow[];
  /** Why the group's numbers are missing or incomplete. */
  readonly error: CliError | undefined;
}

export interface DescribeLagResult {
  readonly groups: readonly DescribedLag[];
  /** Words of `only` that pick no group. */
  readonly unmatched: readonly string[];
  /** What an answer about all groups lacks; always empty for named ones. */
  readonly incomplete: readonly ListingGap[];
  /** Milliseconds since the epoch when reading began. */
  readonly takenAt: number;
}

/** Reads who is behind and by how much, per partition, topic and group. */
export async function describeLag(ctx: Context, options: DescribeLagOptions): Promise<DescribeLagResult> {
  const cluster = await ctx.connect();
  const takenAt = ctx.now();
  const found = await findGroups(cluster, options.groups);
  const incomplete = openGaps(ctx, options.groups, found);
  const { groups: picked, unmatched } = narrowGroups(
    found.groupIds.map((groupId) => ({ groupId })),
    options.only ?? { groupIds: [] },
  );
  const groupIds = picked.map(({ groupId }) => groupId);
  const snapshots = await snapshotGroups(cluster, groupIds, { isolation: options.isolation });
  const groups = snapshots.map((snapshot) => ({ snapshot, lag: computeGroupLag(lagPartitions(snapshot), snapshot.isComplete) }));
  const behind = groups.flatMap(({ lag }) => lag.rows).filter((row) => row.lag !== undefined && row.lag > 0n);
  const ages = options.withTime ? await unreadAges(cluster, behind, takenAt, ctx.signal) : undefined;
  return {
    takenAt,
    unmatched,
    incomplete,
    groups: groups.map(({ snapshot: { groupId, description, error }, lag }) => ({
      groupId,
      state: description.state,
      type: description.error === undefined ? description.type : found.listed.get(groupId)?.type,
      ...lag,
      rows: lag.rows.map((row) => ({ ...row, age: ages?.get(row) })),
      error,
    })),
  };
}
