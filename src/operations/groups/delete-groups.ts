import { BrokerError } from '../../client/broker-error.js';
import { deleteGroups as sendDeleteGroups, type DeletedGroup } from '../../client/groups/delete-groups.js';
import { findGroups, refuseMissing } from '../../client/queries/find-groups.js';
import { describeGap } from '../../core/groups/listing-gap.js';
import { requireIdle } from '../../client/queries/idle-groups.js';
import type { CliError } from '../../core/errors.js';
import type { GroupSelection } from '../../core/groups/group-selection.js';
import type { Approval, Context } from '../context.js';
import { readCommits } from './read-commits.js';

export interface DeleteGroupsInput extends GroupSelection {
  /** A group that does not exist, and a pattern that matches none, are no failure. */
  readonly ifExists: boolean;
}

/** One group that would go, with everything it committed. */
export interface DoomedGroup {
  readonly groupId: string;
  readonly state: string;
  readonly commitCount: number;
  readonly topics: readonly string[];
}

export interface DeleteGroupsPlan {
  readonly groups: readonly DoomedGroup[];
  /** Groups that do not exist; empty without `ifExists`. */
  readonly missing: readonly string[];
  /** Patterns that match no group; empty without `ifExists`. */
  readonly unmatched: readonly string[];
}

/** What became of one group; `unknown`: the request was sent, and no answer came. */
export interface GroupDeletion {
  readonly groupId: string;
  readonly status: 'deleted' | 'failed' | 'unknown';
  readonly error: CliError | undefined;
}

export interface DeleteGroupsResult {
  readonly plan: DeleteGroupsPlan;
  /** Undefined after a dry run; empty where there was nothing to delete. */
  readonly results: readonly GroupDeletion[] | undefined;
}

/**
 * Deletes groups, each for itself, after showing what goes.
 *
 * @throws CliError `not-found` naming every group that does not exist, `input` naming the members of groups in use
 */
export async function deleteGroups(
  ctx: Context,
  input: DeleteGroupsInput,
  approve: Approval<DeleteGroupsPlan>,
): Promise<DeleteGroupsResult> {
  const cluster = await ctx.connect();
  const { ifExists } = input;
  const options = { mayBeMissing: true, mayBeUnmatched: ifExists, anyProtocol: true, mustBeCertain: true };
  const found = await findGroups(cluster, input, options);
  for (const gap of found.gaps) ctx.warn(describeGap(gap));
  for (const groupId of found.passedOver) ctx.warn(`group '${groupId}' matches too, and is left alone: it is not of consumers`);
  const described = await requireIdle(cluster, found.groupIds);
  // A group may exist although the broker that knows it could not list it.
  const isMissing = (groupId: string, state: string): boolean => !found.listed.has(groupId) && (state === 'Dead' || state === '');
  const missing = described.filter(({ groupId, state }) => isMissing(groupId, state)).map(({ groupId }) => groupId);
  if (!ifExists) refuseMissing(missing);
  const doomed = described.filter(({ groupId }) => !missing.includes(groupId));
  const commits = await readCommits(cluster, doomed);
  const plan: DeleteGroupsPlan = {
    missing,
    unmatched: found.unmatched,
    groups: doomed.map(({ groupId, state }) => {
      const offsets = commits.get(groupId) ?? [];
      return { groupId, state, commitCount: offsets.length, topics: [...new Set(offsets.map(({ topic }) => topic))].sort() };
    }),
  };
  if (plan.groups.length === 0) return { plan, results: [] };
  if (!(await approve(plan))) return { plan, results: undefined };
  const results = await sendDeleteGroups(
    cluster,
    plan.groups.map(({ groupId }) => groupId),
  );
  return { plan, results: results.map(toDeletion) };
}

// No answer came for these: the group may be gone or not.
const open: ReadonlySet<string> = new Set(['REQUEST_TIMED_OUT', 'NETWORK_EXCEPTION']);

function toDeletion({ groupId, error }: DeletedGroup): GroupDeletion {
  if (error === undefined) return { groupId, status: 'deleted', error };
  const isOpen = error instanceof BrokerError && open.has(error.kafkaName);
  return { groupId, status: isOpen ? 'unknown' : 'failed', error };
}
