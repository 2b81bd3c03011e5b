import { CliError } from '../../core/errors.js';
import { needsFullList, type GroupQuery } from '../../core/groups/group-selection.js';
import { describeGap, type ListingGap } from '../../core/groups/listing-gap.js';
import type { Cluster } from '../cluster.js';
import type { GroupListing } from '../groups/list-groups.js';
import { describeTopics } from '../metadata.js';

const offsetsTopic = '__consumer_offsets';

/** The gap that each broker leaves which did not list its groups. */
export function gapsOf({ failures }: GroupListing): ListingGap[] {
  return failures.map(({ broker, error }) => ({ broker: broker.id, error }));
}

/** The gaps that matter to an answer: all of them where it is about all groups or patterns; of named groups, which are asked for anyway, none. */
export function openGaps(
  teller: { warn(message: string): void },
  query: GroupQuery,
  { gaps }: { readonly gaps: readonly ListingGap[] },
): readonly ListingGap[] {
  if (needsFullList(query)) return gaps;
  for (const gap of gaps) teller.warn(describeGap(gap));
  return [];
}

/**
 * The gap in a listing because no broker holds some groups now: a group lives in one partition of Kafka's offsets topic, and
 * while that has no leader nobody lists it. Undefined where all have one, or that must not be seen.
 */
export async function lostGroups(cluster: Cluster): Promise<ListingGap | undefined> {
  const [topic] = await describeTopics(cluster, [offsetsTopic]);
  const lost = topic?.partitions.filter(({ leader }) => leader === undefined) ?? [];
  if (topic === undefined || topic.errorCode !== 0 || lost.length === 0) return undefined;
  const message = `${lost.length} of ${topic.partitions.length} partitions of ${offsetsTopic} have no leader; the groups in them are not listed`;
  const hint = `see which replicas are offline: kafkit topics describe ${offsetsTopic}`;
  return { broker: undefined, error: new CliError('broker', message, { hint }) };
}
