import type { MemberEvent } from '../../client/member/member-options.js';
import type { TopicPartition } from '../../protocol/message.js';

/** What happened to a group member, in words; `undefined` for what is no news of the group. */
export function describeMemberEvent(event: MemberEvent, groupId: string): string | undefined {
  switch (event.kind) {
    case 'joining':
      return `group ${groupId}: joining, because ${event.reason}`;
    case 'assigned': {
      const change = event.added.length === 0 ? 'nothing new' : `new: ${listPartitions(event.added)}`;
      const owned = event.owned.length === 0 ? 'no partition' : listPartitions(event.owned);
      return `group ${groupId}: assigned ${owned} (${change}), as ${event.memberId} in generation ${event.generation}`;
    }
    case 'revoked':
      return `group ${groupId}: gave up ${listPartitions(event.partitions)}, because ${event.reason}`;
    case 'lost':
      return `group ${groupId}: lost ${listPartitions(event.partitions)}, which others may read again: ${event.reason}`;
    case 'trouble':
      return `group ${groupId}: ${event.error.message}; trying again`;
    default:
      return undefined;
  }
}

/** Partitions as `orders-0,2,5 bills-1`, sorted. */
export function listPartitions(partitions: readonly TopicPartition[]): string {
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of partitions) topics.set(topic, [...(topics.get(topic) ?? []), partition]);
  return [...topics]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([topic, numbers]) => `${topic}-${numbers.sort((left, right) => left - right).join(',')}`)
    .join(' ');
}
