import { listGroups as readGroups, type GroupFilter, type ListedGroup } from '../../client/groups/list-groups.js';
import { describeGroups } from '../../client/groups/describe-groups.js';
import type { CliError } from '../../core/errors.js';
import { parseTopicSelection } from '../../core/topics/topic-selection.js';
import type { Context } from '../context.js';

export interface ListGroupsOptions extends GroupFilter {
  /** Names, globs and `/regular expressions/`, written as for topics; all groups when empty. */
  readonly words: readonly string[];
  /** Whether to ask each coordinator how many members its groups have. */
  readonly withMembers: boolean;
}

export interface GroupSummary extends ListedGroup {
  /** Undefined where it was not asked for, and for types whose members cannot be described. */
  readonly memberCount: number | undefined;
}

export interface ListGroupsResult {
  readonly groups: readonly GroupSummary[];
  /** One for each broker that did not list its groups: the list may be incomplete. */
  readonly failures: readonly { readonly broker: number; readonly error: CliError }[];
}

/** Lists groups of every type. */
export async function listGroups(ctx: Context, { words, withMembers, ...filter }: ListGroupsOptions): Promise<ListGroupsResult> {
  const cluster = await ctx.connect();
  const { groups, failures } = await readGroups(cluster, filter);
  const { names, patterns } = parseTopicSelection(words);
  const isSelected = ({ groupId }: ListedGroup): boolean =>
    words.length === 0 || names.includes(groupId) || patterns.some(({ expression }) => expression.test(groupId));
  const selected = groups.filter(isSelected);
  const described = withMembers
    ? await describeGroups(
        cluster,
        selected.filter(({ type }) => type === 'classic' || type === 'consumer').map(({ groupId }) => groupId),
      )
    : [];
  const counts = new Map(
    described.map(({ groupId, members, error }) => [groupId, error === undefined ? members.length : undefined]),
  );
  return {
    groups: selected.map((group) => ({ ...group, memberCount: counts.get(group.groupId) })),
    failures: failures.map(({ broker, error }) => ({ broker: broker.id, error })),
  };
}
