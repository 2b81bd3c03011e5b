import { compareText } from '../compare-text.js';
import {
  type AssignedPartition,
  type GroupAssignment,
  type SubscribedMember,
  type TopicLayout,
  comparePartitions,
  partitionKey,
} from './assignor.js';

interface Slot extends AssignedPartition {
  readonly racks: readonly string[];
  /** Who owned it before, by an undisputed claim. */
  readonly before: Seat | undefined;
}

interface Seat {
  readonly member: SubscribedMember;
  readonly topics: ReadonlySet<string>;
  readonly slots: Map<string, Slot>;
}

interface Claim {
  readonly seat: Seat;
  readonly generation: number;
  readonly isDisputed: boolean;
}

/**
 * Divides partitions so that the members' counts are as even as their subscriptions allow and, under that rule, as many
 * partitions as possible stay where they were. A partition claimed twice goes to the claim of the newer generation; claimed
 * twice in the same generation, it belongs to nobody.
 */
export function balance(topics: readonly TopicLayout[], members: readonly SubscribedMember[]): GroupAssignment {
  const seats = members
    .map((member): Seat => ({ member, topics: new Set(member.topics), slots: new Map() }))
    .sort((left, right) => compareText(left.member.id, right.member.id));
  const slots = layOut(topics, claimsOf(seats));
  keepOwned(slots, seats);
  assignRest(slots, seats);
  evenOut(seats);
  return new Map(
    seats.map(({ member, slots: own }) => [
      member.id,
      [...own.values()].map(({ topic, partition }) => ({ topic, partition })).sort(comparePartitions),
    ]),
  );
}

function claimsOf(seats: readonly Seat[]): Map<string, Claim> {
  const claims = new Map<string, Claim>();
  for (const seat of seats) {
    const generation = seat.member.generation ?? -1;
    for (const owned of seat.member.owned) {
      const key = partitionKey(owned);
      const other = claims.get(key);
      if (other === undefined || other.generation < generation) claims.set(key, { seat, generation, isDisputed: false });
      else if (other.generation === generation && other.seat !== seat) claims.set(key, { ...other, isDisputed: true });
    }
  }
  return claims;
}

function layOut(topics: readonly TopicLayout[], claims: ReadonlyMap<string, Claim>): Slot[] {
  return topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partition, racks }) => {
      const claim = claims.get(partitionKey({ topic: name, partition }));
      const isValid = claim !== undefined && !claim.isDisputed && claim.seat.topics.has(name);
      return { topic: name, partition, racks, before: isValid ? claim.seat : undefined };
    }),
  );
}

/** Leaves partitions with their owners; where all members subscribe to the same, nobody keeps more than an even share. */
function keepOwned(slots: readonly Slot[], seats: readonly Seat[]): void {
  for (const slot of [...slots].sort(comparePartitions)) slot.before?.slots.set(partitionKey(slot), slot);
  if (!haveEqualSubscriptions(seats)) return;
  const subscribed = seats[0]?.topics ?? new Set<string>();
  const total = slots.filter(({ topic }) => subscribed.has(topic)).length;
  const share = Math.floor(total / seats.length);
  let extras = total % seats.length;
  for (const seat of seats) {
    if (seat.slots.size <= share) continue;
    const quota = extras > 0 ? share + 1 : share;
    if (extras > 0) extras--;
    for (const key of dropOrder(seat).slice(0, Math.max(0, seat.slots.size - quota))) seat.slots.delete(key);
  }
}

/** A seat's partitions, those it can give up with the least harm first: other racks', then the highest numbers. */
function dropOrder(seat: Seat): string[] {
  const keys = [...seat.slots.keys()].reverse();
  const { rack } = seat.member;
  if (rack === undefined) return keys;
  const isNear = (key: string): boolean => seat.slots.get(key)?.racks.includes(rack) === true;
  return [...keys.filter((key) => !isNear(key)), ...keys.filter(isNear)];
}

function haveEqualSubscriptions(seats: readonly Seat[]): boolean {
  const [first] = seats;
  if (first === undefined) return false;
  return seats.every(({ topics }) => topics.size === first.topics.size && [...topics].every((topic) => first.topics.has(topic)));
}

/** Gives free partitions to the least loaded subscriber, those with the fewest possible takers first. */
function assignRest(slots: readonly Slot[], seats: readonly Seat[]): void {
  const takers = new Map<string, Seat[]>();
  for (const { topic } of slots) {
    if (!takers.has(topic))
      takers.set(
        topic,
        seats.filter((seat) => seat.topics.has(topic)),
      );
  }
  const taken = new Set(seats.flatMap((seat) => [...seat.slots.keys()]));
  const free = slots.filter((slot) => !taken.has(partitionKey(slot)));
  const takerCount = (slot: Slot): number => takers.get(slot.topic)?.length ?? 0;
  free.sort((left, right) => takerCount(left) - takerCount(right) || comparePartitions(left, right));
  for (const slot of free) leastLoaded(takers.get(slot.topic) ?? [], slot)?.slots.set(partitionKey(slot), slot);
}

/** The seat with the fewest partitions; among equals one in a rack of the partition's replicas, then the previous owner. */
function leastLoaded(seats: readonly Seat[], slot: Slot): Seat | undefined {
  const rank = (seat: Seat): number =>
    (seat.member.rack !== undefined && slot.racks.includes(seat.member.rack) ? 0 : 2) + (slot.before === seat ? 0 : 1);
  let best: Seat | undefined;
  for (const seat of seats) {
    if (best === undefined || seat.slots.size < best.slots.size) best = seat;
    else if (seat.slots.size === best.slots.size && rank(seat) < rank(best)) best = seat;
  }
  return best;
}

/** Moves partitions along chains of members while a chain leads from a member to one that has at least two fewer. */
function evenOut(seats: readonly Seat[]): void {
  const sizes = seats.map((seat) => seat.slots.size);
  if (Math.max(...sizes) - Math.min(...sizes) < 2) return;
  for (let moved = true; moved;) {
    moved = false;
    for (const seat of [...seats].sort((left, right) => right.slots.size - left.slots.size)) {
      const chain = findChain(seat, seats);
      if (chain === undefined) continue;
      for (let index = chain.length - 1; index > 0; index--) passOn(chain[index - 1] as Seat, chain[index] as Seat); // both inside the chain
      moved = true;
    }
  }
}

/** The shortest chain of members from `start` to the least loaded one that its partitions can reach, if that evens out. */
function findChain(start: Seat, seats: readonly Seat[]): Seat[] | undefined {
  const cameFrom = new Map<Seat, Seat | undefined>([[start, undefined]]);
  const queue = [start];
  let best: Seat | undefined;
  for (let seat = queue.shift(); seat !== undefined; seat = queue.shift()) {
    if (seat.slots.size <= start.slots.size - 2 && (best === undefined || seat.slots.size < best.slots.size)) best = seat;
    const topics = new Set([...seat.slots.values()].map(({ topic }) => topic));
    for (const other of seats) {
      if (cameFrom.has(other) || ![...topics].some((topic) => other.topics.has(topic))) continue;
      cameFrom.set(other, seat);
      queue.push(other);
    }
  }
  if (best === undefined) return undefined;
  const chain: Seat[] = [];
  for (let seat: Seat | undefined = best; seat !== undefined; seat = cameFrom.get(seat)) chain.unshift(seat);
  return chain;
}

/** Moves the partition that is least at home with the giver and most with the taker. */
function passOn(giver: Seat, taker: Seat): void {
  let best: Slot | undefined;
  const rank = (slot: Slot): number => (slot.before === taker ? 0 : slot.before === giver ? 2 : 1);
  for (const slot of giver.slots.values()) {
    if (taker.topics.has(slot.topic) && (best === undefined || rank(slot) <= rank(best))) best = slot;
  }
  if (best === undefined) return;
  giver.slots.delete(partitionKey(best));
  taker.slots.set(partitionKey(best), best);
}
