import { type Assignor, type AssignedPartition, type GroupAssignment, compareMembers } from './assignor.js';
import { compareText } from '../compare-text.js';

/** Deals all partitions, sorted by topic and number, around the sorted members; members not subscribed are passed over. */
export const roundRobin: Assignor = {
  name: 'roundrobin',
  isCooperative: false,
  assign(topics, members): GroupAssignment {
    const seats = members.map((member) => ({ member, topics: new Set(member.topics), partitions: [] as AssignedPartition[] }));
    seats.sort((left, right) => compareMembers(left.member, right.member));
    let next = 0;
    for (const { name, partitions } of [...topics].sort((left, right) => compareText(left.name, right.name))) {
      if (!seats.some((seat) => seat.topics.has(name))) continue;
      for (const { partition } of partitions) {
        let seat = seats[next % seats.length];
        while (seat !== undefined && !seat.topics.has(name)) seat = seats[++next % seats.length];
        seat?.partitions.push({ topic: name, partition });
        next++;
      }
    }
    return new Map(seats.map(({ member, partitions }) => [member.id, partitions]));
  },
};
