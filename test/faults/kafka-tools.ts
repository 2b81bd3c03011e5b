import { javaArguments } from '../../src/sandbox/java-command.js';
import { runProcess } from '../e2e/fixture/run-process.js';
import type { FoundRecord } from './ledger.js';
import type { World } from './world.js';

async function runTool(world: World, mainClass: string, args: readonly string[]): Promise<string> {
  const { kafka, bootstrap } = world.cluster;
  const command = [...(await javaArguments(kafka)), mainClass, '--bootstrap-server', bootstrap, ...args];
  const outcome = await runProcess(kafka.java.path, command, { env: { ...process.env }, timeoutMs: 120_000 });
  return outcome.stdout;
}

export interface ReadOptions {
  /** The topic that a value belongs to; unset: what stands before its first blank. */
  readonly topicOf?: (value: string) => string;
  /** How many there are, where that is known: spares the wait for more. */
  readonly count?: number | undefined;
}

/** Every committed record of the topics, as Kafka's console consumer reads them. */
export async function readWithKafka(
  world: World,
  topics: readonly string[],
  { topicOf = firstWord, count }: ReadOptions = {},
): Promise<Map<string, FoundRecord[]>> {
  const found = new Map<string, FoundRecord[]>(topics.map((topic) => [topic, []]));
  if (topics.length === 0 || count === 0) return found;
  const format = ['print.partition=true', 'print.offset=true'].flatMap((property) => ['--formatter-property', property]);
  const flags = ['--from-beginning', '--timeout-ms', '8000', '--isolation-level', 'read_committed'];
  const enough = count === undefined ? [] : ['--max-messages', String(count)];
  const args = ['--include', topics.join('|'), ...flags, ...enough, ...format];
  const text = await runTool(world, 'org.apache.kafka.tools.consumer.ConsoleConsumer', args);
  for (const line of text.split('\n')) {
    const match = /^Partition:(\d+)\tOffset:(\d+)\t(.*)$/.exec(line);
    if (match === null) continue;
    const [, partition = '', offset = '', value = ''] = match;
    found.get(topicOf(value))?.push({ partition: Number(partition), offset: BigInt(offset), value });
  }
  return found;
}

function firstWord(value: string): string {
  return value.split(' ', 1)[0] ?? '';
}

/** Committed offsets of a group by `topic-partition`, as Kafka's tool tells them. */
export async function committedByKafka(world: World, group: string): Promise<Map<string, bigint>> {
  const text = await runTool(world, 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', ['--describe', '--group', group]);
  const committed = new Map<string, bigint>();
  for (const line of text.split('\n')) {
    const [name, topic, partition, offset = ''] = line.trim().split(/\s+/);
    if (name === group && /^\d+$/.test(offset)) committed.set(`${topic}-${partition}`, BigInt(offset));
  }
  return committed;
}

/** Start of the log of each partition, by `topic-partition`. */
export async function startsByKafka(world: World, topic: string): Promise<Map<string, bigint>> {
  const text = await runTool(world, 'org.apache.kafka.tools.GetOffsetShell', ['--topic', topic, '--time', 'earliest']);
  const starts = new Map<string, bigint>();
  for (const line of text.split('\n')) {
    const [name, partition, offset = ''] = line.split(':');
    if (name === topic && /^\d+$/.test(offset)) starts.set(`${topic}-${partition}`, BigInt(offset));
  }
  return starts;
}

/** Partitions of each topic whose name begins with `prefix`. */
export async function topicsByKafka(world: World, prefix: string): Promise<Map<string, number>> {
  const text = await runTool(world, 'org.apache.kafka.tools.TopicCommand', ['--describe', '--topic', `${prefix}.*`]);
  const topics = new Map<string, number>();
  for (const match of text.matchAll(/^Topic: (\S+)\t.*PartitionCount: (\d+)/gm)) topics.set(match[1] ?? '', Number(match[2]));
  return topics;
}
