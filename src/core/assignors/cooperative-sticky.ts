import { type Assignor, type GroupAssignment, partitionKey } from './assignor.js';
import { balance } from './balance.js';

/**
 * The sticky plan without the partitions that another member still owns: their owners see them gone, give them up and join
 * again, and the following plan hands them out (KIP-429).
 */
export const cooperativeSticky: Assignor = {
  name: 'cooperative-sticky',
  isCooperative: true,
  assign(topics, members): GroupAssignment {
    const owners = new Map<string, Set<string>>();
    for (const { id, owned } of members) {
      for (const partition of owned) {
        const key = partitionKey(partition);
        owners.set(key, (owners.get(key) ?? new Set()).add(id));
      }
    }
    const isFree = (key: string, member: string): boolean => owners.get(key)?.has(member) ?? true;
    return new Map(
      [...balance(topics, members)].map(([member, partitions]) => [
        member,
        partitions.filter((partition) => isFree(partitionKey(partition), member)),
      ]),
    );
  },
};
