import { CliError } from '../../core/errors.js';

/** Groups are positional words or Kafka's own `--group`, or both; some commands take all. */
export interface GroupFlags {
  readonly group?: readonly string[];
  readonly allGroups?: boolean;
}

/** The groups that are named, positional ones first. */
export function groupWords(args: readonly unknown[], options: GroupFlags): string[] {
  const [words] = args as [readonly string[] | string | undefined]; // each of these commands declares [groups...] or [group]
  const named = [...(typeof words === 'string' ? [words] : (words ?? [])), ...(options.group ?? [])];
  if (named.includes('')) throw new CliError('usage', 'the name of a group must not be empty');
  return [...new Set(named)];
}

/** The same for commands that change something: there is no default. @throws CliError `usage` */
export function requiredGroupWords(args: readonly unknown[], options: GroupFlags, verb: string): string[] {
  const words = groupWords(args, options);
  if (words.length === 0) throw new CliError('usage', 'no group is named', { hint: `name one: kafkit groups ${verb} GROUP` });
  return words;
}

/** The groups a reading command is about. @throws CliError `usage` for none, and for names beside `--all-groups` */
export function groupQuery(args: readonly unknown[], options: GroupFlags): { readonly groupIds: readonly string[] } | 'all' {
  const groupIds = groupWords(args, options);
  if (groupIds.length > 0 && options.allGroups === true) {
    throw new CliError('usage', "groups are named, and '--all-groups' is given too", { hint: 'leave one of them out' });
  }
  if (options.allGroups === true) return 'all';
  if (groupIds.length > 0) return { groupIds };
  throw new CliError('usage', 'no group is named', { hint: 'name one, or use --all-groups; see them with: kafkit groups list' });
}
