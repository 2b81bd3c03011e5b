import { CliError } from '../../core/errors.js';
import type { Cluster } from '../cluster.js';
import { describeGroups } from '../groups/describe-groups.js';
import { listGroups, type ListedGroup } from '../groups/list-groups.js';
import { gapsOf, lostGroups } from './lost-groups.js';
import type { ListingGap } from '../../core/groups/listing-gap.js';

/** Which groups a command is about: those named, or all that consume. */
export type GroupQuery = { readonly groupIds: readonly string[] } | 'all';

export interface FindGroupsOptions {
  /** A named group that does not exist is left to the caller. */
  readonly mayBeMissing?: boolean;
  /** Named groups of other protocols than that of consumers (connectors, schema registries) are taken too. */
  readonly anyProtocol?: boolean;
}

export interface FoundGroups {
  /** In the order named, or sorted. */
  readonly groupIds: readonly string[];
  /** What the coordinators list, by group id: every group that could be listed. */
  readonly listed: ReadonlyMap<string, ListedGroup>;
  /** Why groups may be missing; for named groups only a matter of what is told about them, since each is asked for anyway. */
  readonly gaps: readonly ListingGap[];
}

// A broker that is gone must not hold up the others' answers for a minute.
const timeoutMs = 20_000;
// Only to tell a misspelt group from one that is out of reach; who needs the group asks again, for longer.
const patienceMs = 5000;

/** Types whose groups commit offsets per partition as consumers do. */
const consuming: ReadonlySet<string> = new Set(['classic', 'consumer']);

/** Whether a listed group commits offsets as consumers do; connectors and schema registries use classic groups too, without offsets. */
export function isConsuming({ type, protocolType }: ListedGroup): boolean {
  return consuming.has(type) && (protocolType === 'consumer' || protocolType === '');
}

/**
 * The groups a query names. Named groups are looked up as well, so that a misspelt one is an error and not an empty answer.
 *
 * @throws CliError `not-found` for named groups that are not there; `unsupported` for those of another type
 */
export async function findGroups(cluster: Cluster, query: GroupQuery, options: FindGroupsOptions = {}): Promise<FoundGroups> {
  const listing = await listGroups(cluster, {}, { timeoutMs });
  const { groups } = listing;
  const gaps = gapsOf(listing);
  const listed = new Map(groups.map((group) => [group.groupId, group]));
  if (query === 'all') {
    const lost = await lostGroups(cluster);
    if (lost !== undefined) gaps.push(lost);
    return { groupIds: groups.filter(isConsuming).map(({ groupId }) => groupId), listed, gaps };
  }
  const groupIds = [...new Set(query.groupIds)];
  refuseOthers(
    groupIds.flatMap((groupId) => listed.get(groupId) ?? []),
    options.anyProtocol === true,
  );
  if (options.mayBeMissing !== true) {
    refuseMissing(
      await missingOf(
        cluster,
        groupIds.filter((groupId) => !listed.has(groupId)),
      ),
    );
  }
  return { groupIds, listed, gaps };
}

/** Of groups that nobody lists, those that do not exist; the others' coordinators are out of reach, which describing them will tell. */
async function missingOf(cluster: Cluster, groupIds: readonly string[]): Promise<string[]> {
  const described = await describeGroups(cluster, groupIds, { timeoutMs: patienceMs });
  return described
    .filter(({ error, state }) => error === undefined && (state === 'Dead' || state === ''))
    .map(({ groupId }) => groupId);
}

/** @throws CliError `not-found` naming every group, where there are any */
export function refuseMissing(groupIds: readonly string[]): void {
  if (groupIds.length === 0) return;
  const lines = groupIds.map((groupId) => `group '${groupId}' does not exist`);
  throw new CliError('not-found', lines.join('\n'), { hint: 'see which groups exist: kafkit groups list' });
}

function refuseOthers(groups: readonly ListedGroup[], anyProtocol: boolean): void {
  const lines = groups.flatMap((group) => {
    if (isConsuming(group)) return [];
    if (!consuming.has(group.type)) return [`group '${group.groupId}' is a ${group.type} group; only 'groups list' knows those`];
    if (anyProtocol) return [];
    return [`group '${group.groupId}' is of the '${group.protocolType}' protocol, which has no committed offsets`];
  });
  if (lines.length === 0) return;
  throw new CliError('unsupported', lines.join('\n'), { hint: 'see the types of all groups: kafkit groups list -o wide' });
}
