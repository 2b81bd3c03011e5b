import { CliError } from '../../core/errors.js';
import { parseGroupName, parseGroupSelection, type GroupQuery, type GroupSelection } from '../../core/groups/group-selection.js';

/** Groups are positional words or Kafka's own `--group`, or both; some commands take all. */
export interface GroupFlags {
  readonly group?: readonly string[];
  readonly allGroups?: boolean;
  readonly literal?: boolean;
}

/** The words that name groups, positional ones first. */
function groupWords(args: readonly unknown[], options: GroupFlags): string[] {
  const [words] = args as [readonly string[] | string | undefined]; // each of these commands declares [groups...] or [group]
  return [...(typeof words === 'string' ? [words] : (words ?? [])), ...(options.group ?? [])];
}

/** The groups picked, for commands that change something: there is no default. @throws CliError `usage` */
export function requiredGroups(args: readonly unknown[], options: GroupFlags, verb: string): GroupSelection {
  const words = groupWords(args, options);
  if (words.length === 0) throw new CliError('usage', 'no group is named', { hint: `name one: kafkit groups ${verb} GROUP` });
  return parseGroupSelection(words, options.literal);
}

/** The same for commands that take one group. @throws CliError `usage` for none, several and patterns */
export function onlyGroup(args: readonly unknown[], options: GroupFlags, verb: string): string {
  const { groupIds, patterns = [] } = requiredGroups(args, options, verb);
  const [pattern] = patterns;
  if (pattern !== undefined) return parseGroupName(pattern.text, verb);
  const [groupId = '', ...others] = groupIds;
  if (others.length > 0) throw new CliError('usage', `several groups are named; ${verb} takes one`);
  return groupId;
}

/** The groups a reading command is about. @throws CliError `usage` for none, and for names beside `--all-groups` */
export function groupQuery(args: readonly unknown[], options: GroupFlags): GroupQuery {
  const words = groupWords(args, options);
  if (words.length > 0 && options.allGroups === true) {
    throw new CliError('usage', "groups are named, and '--all-groups' is given too", { hint: 'leave one of them out' });
  }
  if (options.allGroups === true) return 'all';
  if (words.length > 0) return parseGroupSelection(words, options.literal);
  throw new CliError('usage', 'no group is named', { hint: 'name one, or use --all-groups; see them with: kafkit groups list' });
}
