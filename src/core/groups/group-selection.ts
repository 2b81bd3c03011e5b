import { CliError } from '../errors.js';
import { parseWords, type NamePattern } from '../selection/parse-words.js';

/** Groups by name, and by patterns that stand for every group they match. */
export interface GroupSelection {
  readonly groupIds: readonly string[];
  readonly patterns?: readonly NamePattern[] | undefined;
}

/** Which groups a command is about: those picked, or all that consume. */
export type GroupQuery = GroupSelection | 'all';

/**
 * Reads words that name groups (see `parseWords`).
 *
 * @throws CliError `usage` for a broken pattern and an empty name
 */
export function parseGroupSelection(words: readonly string[], isLiteral?: boolean): Required<GroupSelection> {
  const { names, patterns } = parseWords(words, { what: 'group', isLiteral });
  return { groupIds: names, patterns };
}

/**
 * The name of the only group that a command can take.
 *
 * @param flag how an error names the place, for example `--from-group`
 * @throws CliError `usage` for a pattern
 */
export function parseGroupName(word: string, flag: string, isLiteral?: boolean): string {
  const { patterns = [] } = parseGroupSelection([word], isLiteral);
  if (patterns.length === 0) return word;
  throw new CliError('usage', `${flag} takes the name of one group, and '${word}' is a pattern`, {
    hint: `see what it matches: kafkit groups list '${word}'; with --literal it is a name`,
  });
}

/** Whether only a complete list of groups can answer it. */
export function needsFullList(query: GroupQuery): query is 'all' | Required<GroupSelection> {
  return query === 'all' || (query.patterns ?? []).length > 0;
}

/** Whether a group's name reads like a pattern or a path. */
export function isOddGroupName(groupId: string): boolean {
  return /[*?/]/.test(groupId);
}

/**
 * Refuses names that were most likely meant as patterns, or as paths: once there, a group of such a name is hard to address.
 *
 * @param groupIds groups that do not exist yet
 * @throws CliError `usage` naming all of them
 */
export function refuseOddNewGroups(groupIds: readonly string[]): void {
  const odd = groupIds.filter(isOddGroupName);
  const [first] = odd;
  if (first === undefined) return;
  const lines = odd.map((groupId) => `group '${groupId}' does not exist, and is not created with '*', '?' or '/' in its name`);
  throw new CliError('usage', lines.join('\n'), {
    hint: 'see which groups exist: kafkit groups list; to create it all the same, add --literal',
  });
}

/** Whether a pattern picks a group. A group's name may hold any character, so it also picks the one of exactly its text. */
export function isPickedBy({ text, expression }: NamePattern, groupId: string): boolean {
  return groupId === text || expression.test(groupId);
}

/** Narrows a list of groups to those picked, in its order, and tells which words pick none; without any word, all are picked. */
export function narrowGroups<Group extends { readonly groupId: string }>(
  groups: readonly Group[],
  { groupIds, patterns = [] }: GroupSelection,
): { readonly groups: readonly Group[]; readonly unmatched: readonly string[] } {
  if (groupIds.length + patterns.length === 0) return { groups, unmatched: [] };
  const isPicked = ({ groupId }: Group): boolean =>
    groupIds.includes(groupId) || patterns.some((pattern) => isPickedBy(pattern, groupId));
  const there = new Set(groups.map(({ groupId }) => groupId));
  const unmatched = [
    ...groupIds.filter((groupId) => !there.has(groupId)),
    ...patterns.filter((pattern) => !groups.some(({ groupId }) => isPickedBy(pattern, groupId))).map(({ text }) => text),
  ];
  return { groups: groups.filter(isPicked), unmatched };
}
