import { CliError } from '../../core/errors.js';
import type { Cluster } from '../cluster.js';
import { listGroups, type ListedGroup } from '../groups/list-groups.js';

/** Which groups a command is about: those named, or all that consume. */
export type GroupQuery = { readonly groupIds: readonly string[] } | 'all';

export interface FoundGroups {
  /** In the order named, or sorted. */
  readonly groupIds: readonly string[];
  /** Groups of other types (share, streams), which have no committed offsets to speak of. */
  readonly others: readonly ListedGroup[];
  /** Brokers whose groups could not be listed. */
  readonly failures: readonly string[];
}

/** Types whose groups commit offsets per partition as consumers do. */
const consuming: ReadonlySet<string> = new Set(['classic', 'consumer']);

/** Whether a listed group commits offsets as consumers do; connectors and schema registries use classic groups too, without offsets. */
export function isConsuming({ type, protocolType }: ListedGroup): boolean {
  return consuming.has(type) && (protocolType === 'consumer' || protocolType === '');
}

/**
 * The groups a query names. Named groups are looked up as well, so that a misspelt one is an error and not an empty answer.
 *
 * @throws CliError `not-found` for a named group that is not there; `unsupported` for one of another type
 */
export async function findGroups(cluster: Cluster, query: GroupQuery): Promise<FoundGroups> {
  const { groups, failures } = await listGroups(cluster);
  const notices = failures.map(({ broker, error }) => `broker ${broker.id} did not list its groups: ${error.message}`);
  if (query === 'all') {
    return {
      groupIds: groups.filter(isConsuming).map(({ groupId }) => groupId),
      others: groups.filter((group) => !isConsuming(group)),
      failures: notices,
    };
  }
  const known = new Map(groups.map((group) => [group.groupId, group]));
  const groupIds = [...new Set(query.groupIds)];
  for (const groupId of groupIds) requireConsuming(groupId, known.get(groupId), failures.length > 0);
  return { groupIds, others: [], failures: notices };
}

function requireConsuming(groupId: string, group: ListedGroup | undefined, mayBeHidden: boolean): void {
  if (group === undefined) {
    // Its coordinator may be one of the brokers that did not answer; describing it will tell.
    if (mayBeHidden) return;
    throw new CliError('not-found', `group '${groupId}' does not exist`, { hint: 'see which groups exist: kafkit groups list' });
  }
  if (isConsuming(group)) return;
  const what = consuming.has(group.type) ? `'${group.protocolType}' protocol` : `'${group.type}' type`;
  throw new CliError('unsupported', `group '${groupId}' is of the ${what}, which has no committed offsets`, {
    hint: 'see the types of all groups: kafkit groups list',
  });
}
