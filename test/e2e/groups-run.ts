import kafkajs from 'kafkajs';
import { expect, inject, onTestFinished, vi } from 'vitest';
import { javaArguments } from '../../src/sandbox/java-command.js';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { runKafkit, type KafkitOptions } from './fixture/run-kafkit.js';
import { startProcess, type ProcessOutcome } from './fixture/run-process.js';
import { withAdmin } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

/** Runs kafkit against the shared broker. */
export function kafkit(args: readonly string[], options: KafkitOptions = {}): Promise<ProcessOutcome> {
  return runKafkit([...args, '-b', inject('bootstrap')], options);
}

/** What kafkit printed as its one JSON document; it must have nothing to complain about. */
export async function kafkitJson<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await kafkit([...args, '-o', 'json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as T;
}

/** Runs kafka-consumer-groups and gives what it printed. */
export async function kafkaGroups(...args: string[]): Promise<string> {
  const all = ['--bootstrap-server', inject('bootstrap'), ...args];
  const { code, stdout, stderr } = await runKafkaTool('org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', all);
  if (code !== 0) throw new Error(`kafka-consumer-groups failed: ${stdout}${stderr}`);
  return stdout;
}

/** One line of `kafka-consumer-groups --describe`, made comparable. */
export interface LagLine {
  readonly topic: string;
  readonly partition: number;
  readonly committed: string;
  readonly end: string;
  readonly lag: string;
  readonly member: string;
}

/** What kafka-consumer-groups says of a group, sorted. */
export async function kafkaLag(group: string): Promise<LagLine[]> {
  const lines = (await kafkaGroups('--describe', '--group', group)).split('\n').filter((line) => line.startsWith(`${group} `));
  return lines
    .map((line) => {
      const [, topic = '', partition = '', committed = '', end = '', lag = '', member = ''] = line.split(/\s+/);
      return { topic, partition: Number(partition), committed, end, lag, member };
    })
    .sort((left, right) => (left.topic < right.topic ? -1 : left.topic > right.topic ? 1 : left.partition - right.partition));
}

/** The JSON of `lag describe` for one group. */
export interface LagDocument {
  readonly takenAt: string;
  readonly groups: readonly {
    readonly group: string;
    readonly state: string;
    readonly lag: number;
    readonly partitions: readonly {
      readonly topic: string;
      readonly partition: number;
      readonly committed: number | null;
      readonly start: number | null;
      readonly end: number | null;
      readonly lag: number | null;
      readonly state: string;
      readonly lost?: number;
      readonly member: { readonly memberId: string; readonly host: string; readonly clientId: string } | null;
    }[];
  }[];
}

/** Kafka's lines, made from ours. */
export function asKafkaTells(document: LagDocument): LagLine[] {
  const cell = (value: number | null): string => (value === null ? '-' : String(value));
  return (document.groups[0]?.partitions ?? []).map(({ topic, partition, committed, end, lag, member }) => ({
    topic,
    partition,
    committed: cell(committed),
    end: cell(end),
    lag: cell(lag),
    member: member?.memberId ?? '-',
  }));
}

/**
 * Commits offsets for a group that nobody is in, without the code under test: in a transaction, because kafkajs's own way joins the
 * group for it, which takes five seconds.
 */
export async function commit(group: string, topic: string, offsets: readonly (number | undefined)[]): Promise<void> {
  const partitions = offsets.flatMap((offset, partition) => (offset === undefined ? [] : [{ partition, offset: String(offset) }]));
  const kafka = new kafkajs.Kafka({ brokers: inject('bootstrap').split(','), logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ transactionalId: uniqueName('commit'), idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  try {
    const send = async (): Promise<void> => {
      const transaction = await producer.transaction();
      try {
        await transaction.sendOffsets({ consumerGroupId: group, topics: [{ topic, partitions }] });
      } catch (error) {
        await transaction.abort();
        throw error;
      }
      await transaction.commit();
    };
    // On a broker that has just started the group's coordinator may not be there yet.
    await vi.waitFor(send, { timeout: 20_000, interval: 250 });
  } finally {
    await producer.disconnect();
  }
  // The end of the transaction reaches the group a moment after it was acknowledged.
  const stands = async (): Promise<void> => {
    const found = await committed(group, topic);
    const missing = offsets.some((offset, partition) => offset !== undefined && found[partition] !== offset);
    if (missing) throw new Error(`group ${group} is at ${found.join(', ')}`);
  };
  await vi.waitFor(stands, { timeout: 20_000, interval: 20 });
}

/** What a group has committed for a topic, by partition, as kafkajs reads it; -1 for nothing. */
export async function committed(group: string, topic: string): Promise<number[]> {
  const [found] = await withAdmin(undefined, (admin) => admin.fetchOffsets({ groupId: group, topics: [topic] }));
  return [...(found?.partitions ?? [])].sort((left, right) => left.partition - right.partition).map(({ offset }) => Number(offset));
}

/** Fills partitions of a topic with that many records each. */
export async function fill(topic: string, counts: readonly number[]): Promise<void> {
  const kafka = new kafkajs.Kafka({ brokers: inject('bootstrap').split(','), logLevel: kafkajs.logLevel.NOTHING });
  // Idempotent: a send that is repeated for a partition that was not ready must not write the others twice.
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    idempotent: true,
    maxInFlightRequests: 1,
  });
  await producer.connect();
  try {
    const messages = counts.flatMap((count, partition) =>
      Array.from({ length: count }, (_, index) => ({ partition, value: `${partition}-${index}` })),
    );
    await producer.send({ topic, messages, acks: -1 });
  } finally {
    await producer.disconnect();
  }
}

/** Deletes the records before an offset. */
export async function deleteRecords(topic: string, offset: number): Promise<void> {
  await withAdmin(undefined, async (admin) => {
    await admin.fetchTopicOffsets(topic); // kafkajs deletes records only of topics that it has looked up
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
  });
}

/** Java's console consumer as a member of a group, until the test ends; resolves when it has read something, with what makes it leave. */
export async function joinGroup(group: string, topic: string, ...properties: string[]): Promise<() => Promise<void>> {
  const kafka = inject('kafka');
  const args = ['--bootstrap-server', inject('bootstrap'), '--topic', topic, '--group', group, '--from-beginning'];
  const all = [...args, ...properties.flatMap((property) => ['--command-property', property])];
  const command = [...(await javaArguments(kafka)), 'org.apache.kafka.tools.consumer.ConsoleConsumer', ...all];
  const running = startProcess(kafka.java.path, command, { env: { ...process.env }, timeoutMs: 60_000 });
  onTestFinished(async () => {
    running.kill('SIGKILL');
    await running.outcome;
  });
  await running.waitFor('stdout', /^\d+-\d+$/m);
  return async () => {
    running.kill('SIGTERM');
    await running.outcome;
  };
}

/** Lets Kafka's own share consumer join a share group for the rest of the test; resolves when the group has it. */
export async function joinShareGroup(group: string, topic: string): Promise<void> {
  const kafka = inject('kafka');
  const args = ['--bootstrap-server', inject('bootstrap'), '--topic', topic, '--group', group];
  const command = [...(await javaArguments(kafka)), 'org.apache.kafka.tools.consumer.ConsoleShareConsumer', ...args];
  const running = startProcess(kafka.java.path, command, { env: { ...process.env }, timeoutMs: 60_000 });
  onTestFinished(async () => {
    running.kill('SIGKILL');
    await running.outcome;
  });
  await vi.waitFor(
    async () => {
      const { stdout } = await kafkit(['groups', 'list', group, '-o', 'json']);
      expect(stdout).toContain('"Stable"');
    },
    { timeout: 30_000, interval: 300 },
  );
}
