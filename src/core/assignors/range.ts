import {
  type Assignor,
  type AssignedPartition,
  type GroupAssignment,
  type SubscribedMember,
  type TopicLayout,
  compareMembers,
  comparePartitions,
} from './assignor.js';

/** What is still to be given of one topic, and who may get how much of it. */
class TopicShare {
  readonly topic: string;
  readonly members: readonly SubscribedMember[];
  readonly partitionCount: number;
  readonly isRackAware: boolean;
  private readonly racks: ReadonlyMap<number, ReadonlySet<string>>;
  private readonly unassigned: Set<number>;
  private readonly given: Map<string, number>;
  private readonly base: number;
  private extras: number;

  constructor(topic: TopicLayout, subscribed: readonly SubscribedMember[]) {
    this.topic = topic.name;
    this.members = [...subscribed].sort(compareMembers);
    this.partitionCount = topic.partitions.length;
    this.racks = new Map(topic.partitions.map(({ partition, racks }) => [partition, new Set(racks)]));
    this.unassigned = new Set(topic.partitions.map(({ partition }) => partition));
    this.given = new Map(this.members.map(({ id }) => [id, 0]));
    this.base = Math.floor(this.partitionCount / this.members.length);
    this.extras = this.partitionCount % this.members.length;
    this.isRackAware = racksMatter(this.members, topic);
  }

  get isEmpty(): boolean {
    return this.unassigned.size === 0;
  }

  /** How many more partitions the member may get: the even share, plus one while extras last. */
  room(member: SubscribedMember): number {
    return Math.max(0, this.base + (this.extras > 0 ? 1 : 0) - (this.given.get(member.id) ?? 0));
  }

  matchesRack(member: SubscribedMember, partition: number): boolean {
    return member.rack === undefined || this.racks.get(partition)?.has(member.rack) === true;
  }

  /** The lowest unassigned partitions that `accepts`, as many as the member has room for. */
  takeFor(member: SubscribedMember, accepts: (partition: number) => boolean): AssignedPartition[] {
    const taken = [...this.unassigned].filter(accepts).slice(0, this.room(member));
    return this.take(member, taken);
  }

  take(member: SubscribedMember, partitions: readonly number[]): AssignedPartition[] {
    const total = (this.given.get(member.id) ?? 0) + partitions.length;
    this.given.set(member.id, total);
    if (partitions.length > 0 && total > this.base) this.extras--;
    for (const partition of partitions) this.unassigned.delete(partition);
    return partitions.map((partition) => ({ topic: this.topic, partition }));
  }
}

function racksMatter(members: readonly SubscribedMember[], topic: TopicLayout): boolean {
  const wanted = new Set(members.flatMap(({ rack }) => (rack === undefined ? [] : [rack])));
  const present = new Set(topic.partitions.flatMap(({ racks }) => racks));
  if (![...wanted].some((rack) => present.has(rack))) return false;
  return topic.partitions.some(({ racks }) => new Set(racks).size !== present.size);
}

/** Topics with the same members and partition count: their equal numbers should meet in one member (KIP-881). */
function coPartitioned(shares: readonly TopicShare[]): TopicShare[][] {
  const groups = new Map<string, TopicShare[]>();
  for (const share of shares) {
    const key = JSON.stringify([share.partitionCount, share.members.map(({ id }) => id)]);
    groups.set(key, [...(groups.get(key) ?? []), share]);
  }
  return [...groups.values()];
}

function assignTogether(shares: readonly TopicShare[], assignment: GroupAssignment): void {
  const [first] = shares;
  if (first === undefined) return;
  for (let partition = 0; partition < first.partitionCount; partition++) {
    const member = first.members.find((candidate) =>
      shares.every((share) => share.room(candidate) > 0 && share.matchesRack(candidate, partition)),
    );
    if (member === undefined) continue;
    for (const share of shares) assignment.get(member.id)?.push(...share.take(member, [partition]));
  }
}

function assignRanges(
  share: TopicShare,
  assignment: GroupAssignment,
  accepts: (member: SubscribedMember, partition: number) => boolean,
): void {
  for (const member of share.members) {
    if (share.isEmpty) return;
    assignment.get(member.id)?.push(...share.takeFor(member, (partition) => accepts(member, partition)));
  }
}

/** Gives each member a run of neighbouring partitions of every topic; where racks differ, replicas of the member's rack first. */
export const range: Assignor = {
  name: 'range',
  isCooperative: false,
  assign(topics, members): GroupAssignment {
    const assignment: GroupAssignment = new Map(members.map(({ id }) => [id, []]));
    const shares = topics
      .map((topic) => ({ topic, subscribed: members.filter((member) => member.topics.includes(topic.name)) }))
      .filter(({ topic, subscribed }) => topic.partitions.length > 0 && subscribed.length > 0)
      .map(({ topic, subscribed }) => new TopicShare(topic, subscribed));
    const isRackAware = shares.some((share) => share.isRackAware);
    if (isRackAware) {
      for (const group of coPartitioned(shares)) {
        const [single] = group;
        if (group.length > 1) assignTogether(group, assignment);
        else if (single?.isRackAware === true) assignRanges(single, assignment, (...pair) => single.matchesRack(...pair));
      }
    }
    for (const share of shares) assignRanges(share, assignment, () => true);
    if (isRackAware) for (const partitions of assignment.values()) partitions.sort(comparePartitions);
    return assignment;
  },
};
