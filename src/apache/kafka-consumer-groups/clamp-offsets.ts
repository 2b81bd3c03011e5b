import type { BrokerError } from '../../client/broker-error.js';
import { planReset } from '../../core/reset/plan-reset.js';
import type { TopicPartition } from '../../protocol/message.js';
import { partitionHashOrder } from '../java/hash-order.js';
import { executionException, JavaError } from '../java/java-error.js';
import { formatLogLine } from '../java/log-line.js';
import { runtimeException } from '../java/runtime-exception.js';
import { callFailure, inWrappedFuture } from './call-failure.js';
import type { GroupsRun } from './groups-run.js';
import { readLogOffsets } from './read-log-offsets.js';
import { describeEach, exists } from './read-topics.js';
import type { NewOffset } from './new-offset.js';

const logger = 'org.apache.kafka.tools.OffsetsUtils';

/**
 * Holds offsets inside the logs and logs a warning for each that lay outside.
 *
 * @throws JavaError where a log's bounds cannot be read
 */
export async function clampOffsets(run: GroupsRun, requested: readonly NewOffset[]): Promise<NewOffset[]> {
  await refuseUnknown(run, requested);
  const starts = await readLogOffsets(run, requested, { kind: 'earliest' });
  const ends = await readLogOffsets(run, requested, { kind: 'latest' });
  return partitionHashOrder(requested).map(({ topic, partition, offset }) => {
    const key = `${topic} ${partition}`;
    const start = starts.get(key) ?? offset;
    const end = ends.get(key) ?? offset;
    const [row] = planReset({ kind: 'given' }, [{ topic, partition, committed: undefined, start, end, given: { offset } }]).rows;
    const after = row?.after ?? offset;
    if (row?.note !== undefined) {
      const side = row.note === 'clamped-to-end' ? 'higher than latest' : 'lower than earliest';
      const text = `New offset (${offset}) is ${side} offset for topic partition ${topic}-${partition}. Value will be set to ${after}`;
      run.err(formatLogLine('WARN', text, logger, new Date(run.now())));
    }
    return { topic, partition, offset: after };
  });
}

/** Only a file can name what is not there; Kafka's client says that in words of its own. */
async function refuseUnknown(run: GroupsRun, requested: readonly TopicPartition[]): Promise<void> {
  const call = 'listOffsets(api=METADATA)';
  const topics = await inWrappedFuture(call, () => describeEach(run, [...new Set(requested.map(({ topic }) => topic))]));
  const { brokerError } = await import('../../client/broker-error.js');
  const { timedOutCall } = await import('../java/client-failure.js');
  for (const place of requested) {
    const { topic, partition } = place;
    const code = topics.get(topic)?.errorCode ?? 0;
    if (code !== 0) throw inFuture(metadataFailure(place, brokerError(code, undefined, `cannot read topic '${topic}'`)));
    if (exists(topics, { topic, partition })) continue;
    // Kafka's client waits for it to appear until its time is over.
    const text = timedOutCall(call, { now: run.now(), attempts: 1 });
    throw inFuture(new JavaError('org.apache.kafka.common.errors.TimeoutException', text));
  }
}

function inFuture(failure: JavaError): JavaError {
  return runtimeException(executionException(failure));
}

function metadataFailure({ topic, partition }: TopicPartition, error: BrokerError): JavaError {
  const { javaClass } = callFailure(error, 'listOffsets(api=METADATA)');
  const start = `Failed to fetch metadata for partition ${topic}-${partition}`;
  switch (error.kafkaName) {
    case 'UNKNOWN_TOPIC_OR_PARTITION':
      return new JavaError(javaClass, `${start} because metadata for topic \`${topic}\` could not be found`);
    case 'INVALID_TOPIC_EXCEPTION':
      return new JavaError(javaClass, `${start} due to invalid topic \`${topic}\``);
    case 'TOPIC_AUTHORIZATION_FAILED':
      return new JavaError(javaClass, `${start} due to topic authorization failure`);
    default:
      return new JavaError(javaClass, `${start} due to unexpected error for topic \`${topic}\``);
  }
}
