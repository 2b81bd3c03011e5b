import { CliError } from '../../core/errors.js';
import { isPickedBy, needsFullList, type GroupQuery, type GroupSelection } from '../../core/groups/group-selection.js';
import { describeGap, type ListingGap } from '../../core/groups/listing-gap.js';
import type { NamePattern } from '../../core/selection/parse-words.js';
import type { Cluster } from '../cluster.js';
import { describeGroups } from '../groups/describe-groups.js';
import { listGroups, type ListedGroup } from '../groups/list-groups.js';
import { gapsOf, lostGroups } from './lost-groups.js';

export interface FindGroupsOptions {
  /** A named group that does not exist is left to the caller. */
  readonly mayBeMissing?: boolean;
  /** A pattern that matches no group is left to the caller. */
  readonly mayBeUnmatched?: boolean;
  /** Groups of other protocols than that of consumers (connectors, schema registries) are taken too. */
  readonly anyProtocol?: boolean;
  /** The groups are to be changed, or kept in a file: it must be certain which ones a pattern picks. */
  readonly mustBeCertain?: boolean;
}

export interface FoundGroups {
  /** Those named in the order given, then those that patterns match, sorted; all of them sorted. */
  readonly groupIds: readonly string[];
  /** What the coordinators list, by group id: every group that could be listed. */
  readonly listed: ReadonlyMap<string, ListedGroup>;
  /** Patterns that match no group; empty without `mayBeUnmatched`. */
  readonly unmatched: readonly string[];
  /** Groups that a pattern matches and that the command cannot take, because they are of another type or protocol. */
  readonly passedOver: readonly string[];
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
 * The groups a query picks. Named groups are looked up as well, so that a misspelt one is an error and not an empty answer.
 *
 * @throws CliError `not-found` naming every group that is not there and every pattern that matches none; `unsupported` for groups
 * of another type; where it is not certain what a pattern picks and that matters, `usage`, or why groups could not be listed
 */
export async function findGroups(cluster: Cluster, query: GroupQuery, options: FindGroupsOptions = {}): Promise<FoundGroups> {
  const listing = await listGroups(cluster, {}, { timeoutMs });
  const { groups } = listing;
  const gaps = gapsOf(listing);
  const listed = new Map(groups.map((group) => [group.groupId, group]));
  if (needsFullList(query)) {
    const lost = await lostGroups(cluster);
    if (lost !== undefined) gaps.push(lost);
  }
  if (query === 'all') {
    return { groupIds: groups.filter(isConsuming).map(({ groupId }) => groupId), listed, unmatched: [], passedOver: [], gaps };
  }
  const matched = matchAll(groups, query, options);
  if (needsFullList(query) && (options.mustBeCertain === true || matched.unmatched.length > 0)) refuseGap(query, gaps);
  const named = [...new Set(query.groupIds)];
  refuseOthers(
    [...named, ...matched.unsupported].flatMap((groupId) => listed.get(groupId) ?? []),
    options.anyProtocol === true,
  );
  const { unmatched, passedOver } = matched;
  const absent = options.mayBeMissing === true ? [] : await missingOf(cluster, named, listed);
  refuseMissing(absent, options.mayBeUnmatched === true ? [] : unmatched);
  return { groupIds: [...new Set([...named, ...matched.groupIds])], listed, unmatched, passedOver, gaps };
}

interface Matched extends Pick<FoundGroups, 'groupIds' | 'unmatched' | 'passedOver'> {
  /** Groups of patterns that match nothing but groups which the command cannot take. */
  readonly unsupported: readonly string[];
}

/** The groups that patterns pick. */
function matchAll(groups: readonly ListedGroup[], { patterns = [] }: GroupSelection, options: FindGroupsOptions): Matched {
  const isTaken = (group: ListedGroup): boolean => (options.anyProtocol === true ? consuming.has(group.type) : isConsuming(group));
  const picked = new Set<string>();
  const passedOver = new Set<string>();
  const unsupported = new Set<string>();
  const unmatched: string[] = [];
  for (const pattern of patterns) {
    const matching = groups.filter(({ groupId }) => isPickedBy(pattern, groupId));
    const taken = matching.filter(isTaken);
    if (options.mustBeCertain === true) refuseAmbiguous(pattern, matching);
    if (matching.length === 0) unmatched.push(pattern.text);
    for (const { groupId } of taken) picked.add(groupId);
    for (const group of matching.filter((each) => !isTaken(each)))
      (taken.length === 0 ? unsupported : passedOver).add(group.groupId);
  }
  return { groupIds: [...picked].sort(), unmatched, passedOver: [...passedOver].sort(), unsupported: [...unsupported].sort() };
}

/** @throws CliError `usage` for a pattern that is the name of one group and matches others too */
function refuseAmbiguous({ text }: NamePattern, matching: readonly ListedGroup[]): void {
  if (matching.length < 2 || !matching.some(({ groupId }) => groupId === text)) return;
  const others = matching.filter(({ groupId }) => groupId !== text).map(({ groupId }) => `'${groupId}'`);
  throw new CliError('usage', `'${text}' is the name of a group, and as a pattern it matches others too: ${others.join(', ')}`, {
    hint: 'add --literal to take only the group of that name; for the others, use their names or another pattern',
  });
}

/** @throws CliError the first gap's, since a group that is not listed may match as well */
function refuseGap({ patterns = [] }: GroupSelection, [gap]: readonly ListingGap[]): void {
  if (gap === undefined) return;
  const texts = patterns.map(({ text }) => `'${text}'`).join(', ');
  throw new CliError(gap.error.code, `cannot tell which groups match ${texts}: ${describeGap(gap)}`, {
    hint: 'name the groups, so that only their own coordinators are needed',
    cause: gap.error,
  });
}

/** Of named groups that nobody lists, those that do not exist; the others' coordinators are out of reach, which describing them will tell. */
async function missingOf(
  cluster: Cluster,
  groupIds: readonly string[],
  listed: ReadonlyMap<string, ListedGroup>,
): Promise<string[]> {
  const unlisted = groupIds.filter((groupId) => !listed.has(groupId));
  const described = await describeGroups(cluster, unlisted, { timeoutMs: patienceMs });
  return described
    .filter(({ error, state }) => error === undefined && (state === 'Dead' || state === ''))
    .map(({ groupId }) => groupId);
}

/** @throws CliError `not-found` naming every group and pattern, where there are any */
export function refuseMissing(groupIds: readonly string[], unmatched: readonly string[] = []): void {
  const lines = [
    ...groupIds.map((groupId) => `group '${groupId}' does not exist`),
    ...unmatched.map((pattern) => `no group matches '${pattern}'`),
  ];
  if (lines.length === 0) return;
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
