import { BrokerError } from '../../client/broker-error.js';
import { compareText } from '../../core/compare-text.js';
import type { TopicPartition } from '../../protocol/message.js';
import { partitionHashOrder } from '../java/hash-order.js';
import { describeJavaError, type JavaError } from '../java/java-error.js';
import { kafkaException } from '../java/kafka-exceptions.js';
import { callFailure } from './call-failure.js';
import type { GroupsRun } from './groups-run.js';
import { describeEach } from './read-topics.js';
import { columnWidth, tableLine } from './table-line.js';
import { parseTopicArguments } from './topic-partitions.js';

const call = 'offsetDelete(api=FIND_COORDINATOR)';

/** What became of one partition, or of a topic whose partitions are not known (without `partition`). */
interface Row {
  readonly topic: string;
  readonly partition: number | undefined;
  readonly failure: JavaError | undefined;
}

/** `--delete-offsets`: what became of the request, then of each partition. */
export async function deleteOffsets(run: GroupsRun): Promise<void> {
  const groupId = run.options.text('group') ?? '';
  const named = parseTopicArguments(run, run.options.values('topic'));
  const { partitions, unknown } = await readPartitions(run, named.topics);
  const { name, rows } = await sendDeletions(run, groupId, partitionHashOrder(unique([...named.partitions, ...partitions])));
  printOutcome(run, groupId, name);
  if (unknown.length > 0) run.noteFailure();
  printRows(run, [...unknown, ...rows]);
}

async function readPartitions(
  run: GroupsRun,
  topics: readonly string[],
): Promise<{ partitions: TopicPartition[]; unknown: Row[] }> {
  const partitions: TopicPartition[] = [];
  const unknown: Row[] = [];
  const fail = (topic: string, failure: JavaError): void => void unknown.push({ topic, partition: undefined, failure });
  const { brokerError } = await import('../../client/broker-error.js');
  try {
    for (const topic of (await describeEach(run, topics)).values()) {
      if (topic.errorCode === 0) partitions.push(...topic.partitions.map(({ partition }) => ({ topic: topic.name, partition })));
      else fail(topic.name, callFailure(brokerError(topic.errorCode, undefined, topic.name), 'describeTopicPartitions'));
    }
  } catch (error) {
    for (const topic of new Set(topics)) fail(topic, callFailure(error, 'listNodes'));
  }
  return { partitions, unknown };
}

/** Sends the request; `name` is Kafka's name of its first error, in the order of its hash table. */
async function sendDeletions(
  run: GroupsRun,
  groupId: string,
  partitions: readonly TopicPartition[],
): Promise<{ name: string | undefined; rows: Row[] }> {
  const { deleteOffsets: send } = await import('../../client/groups/delete-offsets.js');
  try {
    const results = await send(await run.connect(), groupId, partitions);
    const first = results.find(({ error }) => error !== undefined)?.error;
    const rows = results.map(({ topic, partition, error }) => ({
      topic,
      partition,
      failure: error === undefined ? undefined : callFailure(error, call),
    }));
    return { name: first === undefined ? undefined : nameOf(first), rows };
  } catch (error) {
    const failure = callFailure(error, call);
    return { name: nameOf(error), rows: partitions.map((partition) => ({ ...partition, failure })) };
  }
}

/** The name of the error code that an exception stands for. */
function nameOf(error: unknown): string {
  if (error instanceof BrokerError && error.kafkaName !== 'NETWORK_EXCEPTION') return error.kafkaName;
  return callFailure(error, call).javaClass.endsWith('.TimeoutException') ? 'REQUEST_TIMED_OUT' : 'UNKNOWN_SERVER_ERROR';
}

const groupErrors: ReadonlySet<string> = new Set([
  'INVALID_GROUP_ID',
  'GROUP_ID_NOT_FOUND',
  'GROUP_AUTHORIZATION_FAILED',
  'NON_EMPTY_GROUP',
]);
const partitionErrors: ReadonlySet<string> = new Set([
  'GROUP_SUBSCRIBED_TO_TOPIC',
  'TOPIC_AUTHORIZATION_FAILED',
  'UNKNOWN_TOPIC_OR_PARTITION',
]);

function printOutcome(run: GroupsRun, groupId: string, name: string | undefined): void {
  if (name === undefined) run.out(`Request succeeded for deleting offsets from group ${groupId}.\n`);
  else if (groupErrors.has(name)) run.printError(kafkaException(name).text);
  else if (partitionErrors.has(name)) run.printError('Encountered some partition-level error, see the follow-up details.');
  else run.printError(`Encountered some unknown error: ${name}`);
}

function printRows(run: GroupsRun, rows: readonly Row[]): void {
  const widths = [
    columnWidth(
      15,
      rows.map(({ topic }) => topic),
    ),
    10,
    15,
  ];
  const sorted = [...rows].sort((left, right) => compareText(sortKey(left), sortKey(right)));
  run.out(`\n${tableLine(['TOPIC', 'PARTITION', 'STATUS'], widths)}`);
  for (const { topic, partition = -1, failure } of sorted) {
    const status = failure === undefined ? 'Successful' : `Error: ${describeJavaError(failure)}`;
    run.out(`\n${tableLine([topic, partition < 0 ? '-' : String(partition), status], widths)}`);
  }
  run.out('\n');
}

function sortKey({ topic, partition = -1 }: Row): string {
  return `${topic}${partition}`;
}

function unique(partitions: readonly TopicPartition[]): TopicPartition[] {
  return [...new Map(partitions.map((place) => [`${place.topic} ${place.partition}`, place])).values()];
}
