import { describeGroups, type GroupDescription } from '../../client/groups/describe-groups.js';
import { listGroups as readGroups, type ListedGroup } from '../../client/groups/list-groups.js';
import { gapsOf, lostGroups } from '../../client/queries/lost-groups.js';
import { narrowGroups, type GroupSelection } from '../../core/groups/group-selection.js';
import type { ListingGap } from '../../core/groups/listing-gap.js';
import type { Context } from '../context.js';

export interface ListGroupsOptions {
  /** All groups when it is empty. */
  readonly selection: GroupSelection;
  /** States, in any case; all when empty. */
  readonly states: readonly string[];
  /** Types, in any case; all when empty. */
  readonly types: readonly string[];
  /** Whether to ask each coordinator how many members its groups have. */
  readonly withMembers: boolean;
}

export interface GroupSummary extends ListedGroup {
  /** Undefined where it was not asked for, and for types whose members cannot be described. */
  readonly memberCount: number | undefined;
}

export interface ListGroupsResult {
  readonly groups: readonly GroupSummary[];
  /** Names and patterns that no group matches, whatever its state and type. */
  readonly unmatched: readonly string[];
  /** What the list lacks: groups of brokers that did not answer, groups that no broker holds now, counts of members. */
  readonly incomplete: readonly ListingGap[];
}

// A broker that is gone must not hold up the others' answers for a minute.
const timeoutMs = 20_000;

/** Lists groups of every type. States and types are filtered here, so that brokers that cannot filter (before 2.6 and 3.8) do too. */
export async function listGroups(
  ctx: Context,
  { selection, states, types, withMembers }: ListGroupsOptions,
): Promise<ListGroupsResult> {
  const cluster = await ctx.connect();
  const [listing, lost] = await Promise.all([readGroups(cluster, {}, { timeoutMs }), lostGroups(cluster)]);
  const { groups, unmatched } = narrowGroups(listing.groups, selection);
  const selected = groups.filter(({ state, type }) => isOneOf(states, state) && isOneOf(types, type));
  const describable = selected.filter(({ type }) => type === 'classic' || type === 'consumer').map(({ groupId }) => groupId);
  const described = withMembers ? await describeGroups(cluster, describable, { timeoutMs }) : [];
  const counts = new Map(
    described.map(({ groupId, members, error }) => [groupId, error === undefined ? members.length : undefined]),
  );
  return {
    groups: selected.map((group) => ({ ...group, memberCount: counts.get(group.groupId) })),
    unmatched,
    incomplete: [...gapsOf(listing), ...(lost === undefined ? [] : [lost]), ...uncounted(selected, described)],
  };
}

/** One gap for each coordinator that listed groups and then did not describe them. */
function uncounted(listed: readonly ListedGroup[], described: readonly GroupDescription[]): ListingGap[] {
  const coordinators = new Map(listed.map(({ groupId, coordinator }) => [groupId, coordinator]));
  const gaps = new Map<number | undefined, ListingGap>();
  for (const { groupId, error } of described) {
    const broker = coordinators.get(groupId);
    if (error !== undefined && !gaps.has(broker)) gaps.set(broker, { broker, error });
  }
  return [...gaps.values()];
}

function isOneOf(words: readonly string[], value: string): boolean {
  return words.length === 0 || words.some((word) => word.toLowerCase() === value.toLowerCase());
}
