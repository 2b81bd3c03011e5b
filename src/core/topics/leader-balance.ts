import type { PartitionReplicas } from './partition-health.js';

/** How many partitions each broker leads. */
export interface LeaderBalance {
  /** Every live broker and every broker that holds a replica, by id. */
  readonly brokers: readonly BrokerShare[];
  readonly partitions: number;
  readonly leaderless: number;
  /** Partitions led by another broker than the first in their replica list. */
  readonly notPreferred: number;
}

export interface BrokerShare {
  readonly broker: number;
  readonly leaders: number;
  /** Partitions of which the broker is the first replica: what it would lead after a preferred leader election. */
  readonly preferredLeaders: number;
  readonly replicas: number;
}

/** Counts leaders and replicas by broker over the given partitions. */
export function computeLeaderBalance(partitions: readonly PartitionReplicas[], liveBrokers: Iterable<number>): LeaderBalance {
  const shares = new Map<number, { leaders: number; preferredLeaders: number; replicas: number }>();
  const shareOf = (broker: number): { leaders: number; preferredLeaders: number; replicas: number } => {
    const share = shares.get(broker) ?? { leaders: 0, preferredLeaders: 0, replicas: 0 };
    shares.set(broker, share);
    return share;
  };
  for (const broker of liveBrokers) shareOf(broker);
  let leaderless = 0;
  let notPreferred = 0;
  for (const { leader, replicas } of partitions) {
    const preferred = replicas[0];
    for (const broker of replicas) shareOf(broker).replicas++;
    if (preferred !== undefined) shareOf(preferred).preferredLeaders++;
    if (leader === undefined) leaderless++;
    else {
      shareOf(leader).leaders++;
      if (leader !== preferred) notPreferred++;
    }
  }
  const brokers = [...shares].map(([broker, share]) => ({ broker, ...share })).sort((left, right) => left.broker - right.broker);
  return { brokers, partitions: partitions.length, leaderless, notPreferred };
}
