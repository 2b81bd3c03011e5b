import type { ConfigChange } from './config-changes.js';
import type { ReplicaAssignment } from './replica-assignment.js';

/** A topic as it is. */
export interface TopicShape {
  /** By partition number. */
  readonly replicas: ReplicaAssignment;
  /** Values of settings by name; undefined where they were not read. */
  readonly configs: ReadonlyMap<string, string | null> | undefined;
}

/** A topic as it was asked for; what is left out may be anything. */
export interface WantedShape {
  readonly partitions: number | undefined;
  readonly replicationFactor: number | undefined;
  readonly assignment: ReplicaAssignment | undefined;
  readonly configs: readonly ConfigChange[];
}

/** In what a topic is not as it was asked for, one text for each. */
export function describeDifferences({ replicas, configs }: TopicShape, wanted: WantedShape): string[] {
  const differences: string[] = [];
  const count = wanted.partitions ?? wanted.assignment?.length;
  if (count !== undefined && count !== replicas.length) differences.push(`${replicas.length} partitions, not ${count}`);
  const { replicationFactor: factor } = wanted;
  const factors = [...new Set(replicas.map(({ length }) => length))].sort((left, right) => left - right);
  if (factor !== undefined && factors.some((each) => each !== factor)) {
    differences.push(`replication factor ${factors.join(' and ')}, not ${factor}`);
  }
  for (const [partition, brokers] of (wanted.assignment ?? []).entries()) {
    const own = replicas[partition];
    if (own !== undefined && own.join() !== brokers.join()) {
      differences.push(`partition ${partition} on brokers ${own.join(':')}, not ${brokers.join(':')}`);
    }
  }
  for (const { name, value } of configs === undefined ? [] : wanted.configs) {
    const own = configs?.get(name);
    if (own !== value) differences.push(own === undefined ? `no setting ${name}` : `${name}=${own ?? ''}, not ${value ?? ''}`);
  }
  return differences;
}
