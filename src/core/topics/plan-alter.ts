import type { ConfigChange } from './config-changes.js';
import type { ReplicaAssignment } from './replica-assignment.js';

/** A topic as it is before the change. */
export interface TopicBefore {
  readonly name: string;
  readonly partitionCount: number;
  /** Brokers of each partition, by partition number. */
  readonly replicas: ReplicaAssignment;
  /** Every setting of the topic by name; empty where no settings are to be changed. */
  readonly configs: ReadonlyMap<string, ConfigBefore>;
}

/** One setting as it is before the change. */
export interface ConfigBefore {
  /** Null for a sensitive value. */
  readonly value: string | null;
  /** Whether the topic itself overrides the setting. */
  readonly isOverride: boolean;
  /** The value that counts once the topic's override is gone; undefined where the broker does not say. */
  readonly inherited: string | null | undefined;
}

/** What a user wants of every selected topic. */
export interface WantedTopic {
  readonly partitions?: number | undefined;
  /** Brokers of all partitions, old ones included, as Kafka's tools take it; those of old partitions must be what they are. */
  readonly assignment?: ReplicaAssignment | undefined;
  readonly configs: readonly ConfigChange[];
}

/** One thing that changes. */
export type TopicChange = PartitionIncrease | ConfigEdit;

export interface PartitionIncrease {
  readonly kind: 'partitions';
  readonly topic: string;
  readonly from: number;
  readonly to: number;
  /** Brokers of the new partitions; undefined lets the controller place them. */
  readonly assignment: ReplicaAssignment | undefined;
}

export interface ConfigEdit {
  readonly kind: 'config';
  readonly topic: string;
  readonly setting: string;
  readonly operation: 'set' | 'delete';
  readonly from: string | null | undefined;
  /** The value afterwards; undefined where only the broker knows it. */
  readonly to: string | null | undefined;
}

/** What an alter command would do, topic by topic. */
export interface AlterPlan {
  readonly changes: readonly TopicChange[];
  /** What is asked for but already so. */
  readonly unchanged: readonly string[];
  /** What cannot be done; a plan with problems must not be applied. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Compares what is wanted with what is. */
export function planAlter(topics: readonly TopicBefore[], wanted: WantedTopic): AlterPlan {
  const changes: TopicChange[] = [];
  const unchanged: string[] = [];
  const problems: string[] = [];
  for (const topic of topics) {
    const increase = planPartitions(topic, wanted);
    const moves = movesOf(topic, wanted.assignment);
    problems.push(...moves);
    if (typeof increase === 'object') changes.push(increase);
    else if (increase !== undefined) problems.push(increase);
    else if (moves.length > 0) continue;
    else if (countWanted(wanted) !== undefined)
      unchanged.push(`topic '${topic.name}' already has ${topic.partitionCount} partitions`);
    for (const change of wanted.configs) {
      const edit = planConfig(topic, change);
      if (edit === undefined) problems.push(`topic '${topic.name}' has no setting '${change.name}', so there is none to delete`);
      else if (typeof edit === 'object') changes.push(edit);
      else unchanged.push(edit);
    }
  }
  return { changes, unchanged, problems, warnings: changes.some((change) => change.kind === 'partitions') ? [keysMove] : [] };
}

const keysMove =
  'with more partitions most keys go to other partitions: records of one key written before and after are no longer in order';

function countWanted({ partitions, assignment }: WantedTopic): number | undefined {
  return partitions ?? assignment?.length;
}

function planPartitions(topic: TopicBefore, wanted: WantedTopic): PartitionIncrease | string | undefined {
  const from = topic.partitionCount;
  const to = countWanted(wanted);
  if (to === undefined || to === from) return undefined;
  if (to < from) {
    return `topic '${topic.name}' has ${from} partitions and cannot go down to ${to}: Kafka cannot take a partition away, since its records would be lost`;
  }
  return { kind: 'partitions', topic: topic.name, from, to, assignment: wanted.assignment?.slice(from) };
}

/** What an assignment wants of partitions that exist: nobody gets it unasked, since moving replicas copies their data. */
function movesOf({ name, replicas }: TopicBefore, assignment: ReplicaAssignment | undefined): string[] {
  return (assignment ?? []).flatMap((wanted, partition) => {
    const brokers = replicas[partition];
    if (brokers === undefined || brokers.join() === wanted.join()) return [];
    return [
      `partition ${name}-${partition} is on brokers ${brokers.join(':')} and not on ${wanted.join(':')}, and topics alter moves no replicas`,
    ];
  });
}

/** Text where there is nothing to do, `undefined` for a deletion of a setting that no topic has. */
function planConfig(topic: TopicBefore, { name, value }: ConfigChange): ConfigEdit | string | undefined {
  const before = topic.configs.get(name);
  const base = { kind: 'config', topic: topic.name, setting: name, from: before?.value } as const;
  if (value === undefined) {
    // Brokers take the deletion of a setting that does not exist, and answer that all is well.
    if (before === undefined) return undefined;
    if (!before.isOverride) return `topic '${topic.name}' does not override ${name}`;
    return { ...base, operation: 'delete', to: before.inherited };
  }
  // A name that the topic does not know goes to the broker all the same: its refusal says more than ours could.
  // A value equal to the default is still a change while the topic does not override it: it pins the value.
  if (before?.isOverride === true && before.value === value) return `topic '${topic.name}' already has ${name}=${value}`;
  return { ...base, operation: 'set', to: value };
}
