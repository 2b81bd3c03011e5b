import { CliError } from '../../core/errors.js';
import type { Cluster } from '../cluster.js';
import { describeGroups, type GroupDescription, type GroupMember } from '../groups/describe-groups.js';

const idleStates: ReadonlySet<string> = new Set(['Empty', 'Dead']);
const mostNamed = 10;

/**
 * Describes groups and makes sure that nobody is in them, because their coordinators refuse changes from outside while
 * somebody is. A group that does not exist counts as idle, with state `Dead`.
 *
 * @throws CliError `input` naming the members of every group that is in use; a group's own error where it cannot be described
 */
export async function requireIdle(cluster: Cluster, groupIds: readonly string[]): Promise<readonly GroupDescription[]> {
  const groups = await describeGroups(cluster, groupIds);
  for (const { error } of groups) if (error !== undefined) throw error;
  const live = groups.filter(({ state, members }) => members.length > 0 || !idleStates.has(state));
  const [first] = live;
  if (first === undefined) return groups;
  throw new CliError('input', live.flatMap(linesOf).join('\n'), {
    hint: `stop the consumers of the group first; see them with: kafkit groups members ${first.groupId}`,
  });
}

function linesOf({ groupId, state, members }: GroupDescription): string[] {
  const named = members.slice(0, mostNamed).map(nameOf);
  const more = members.length > mostNamed ? [`  and ${members.length - mostNamed} more`] : [];
  return [`group '${groupId}' is in use (${state}), so it cannot be changed; nothing was changed`, ...named, ...more];
}

function nameOf({ memberId, instanceId, host, clientId }: GroupMember): string {
  const instance = instanceId === null ? '' : ` (instance '${instanceId}')`;
  return `  member ${memberId}${instance}, client '${clientId}' on ${host.replace(/^\//, '')}`;
}
