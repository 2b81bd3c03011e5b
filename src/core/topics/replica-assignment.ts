import { CliError } from '../errors.js';

/** Broker ids for each partition, by partition number; the first broker of each is its preferred leader. */
export type ReplicaAssignment = readonly (readonly number[])[];

/**
 * Parses Kafka's syntax: partitions separated by commas, the brokers of one by colons. `1:2,2:3` places partition 0 on
 * brokers 1 and 2.
 *
 * @throws CliError `usage` naming every problem
 */
export function parseReplicaAssignment(text: string): ReplicaAssignment {
  const partitions = text.split(',').map((part) => part.split(':').map((id) => id.trim()));
  const problems = partitions.flatMap((ids, partition) => problemsOf(ids, partition, partitions[0]?.length ?? 0));
  if (problems.length > 0) {
    throw new CliError(
      'usage',
      [`--replica-assignment '${text}' cannot be used`, ...problems.map((each) => `  ${each}`)].join('\n'),
      {
        hint: 'write broker ids, a colon between the replicas of a partition and a comma between partitions: 1:2,2:3',
      },
    );
  }
  return partitions.map((ids) => ids.map(Number));
}

function problemsOf(ids: readonly string[], partition: number, replicas: number): string[] {
  const wrong = ids.find((id) => !/^\d{1,9}$/.test(id));
  if (wrong !== undefined) return [`partition ${partition}: '${wrong}' is not a broker id`];
  const problems: string[] = [];
  const twice = ids.find((id, index) => ids.some((other, at) => at < index && Number(other) === Number(id)));
  if (twice !== undefined) problems.push(`partition ${partition}: broker ${twice} is named twice`);
  if (ids.length !== replicas) {
    problems.push(`partition ${partition} has ${ids.length} replicas, partition 0 has ${replicas}; they must have the same number`);
  }
  return problems;
}
