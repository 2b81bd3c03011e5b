import type { AssignorName } from '../../core/assignors/assignor.js';
import type { GroupConsumeOptions } from '../../operations/console/group-consume-options.js';
import type { LogPlace } from '../../client/fetcher/fetcher-options.js';
import { durationOf } from '../java/consumer-config.js';
import { JavaError } from '../java/java-error.js';

type Values = ReadonlyMap<string, string>;

const assignors: Readonly<Record<string, AssignorName>> = {
  'org.apache.kafka.clients.consumer.RangeAssignor': 'range',
  'org.apache.kafka.clients.consumer.RoundRobinAssignor': 'roundrobin',
  'org.apache.kafka.clients.consumer.StickyAssignor': 'sticky',
  'org.apache.kafka.clients.consumer.CooperativeStickyAssignor': 'cooperative-sticky',
};

// As often as Kafka's consumer asks for a topic that is not there yet.
const topicRefreshMs = 1000;

/**
 * What kind of group member the settings of a consumer ask for; they have been checked.
 *
 * @throws JavaError for an assignor that cannot be had
 */
export function memberSettings(
  values: Values,
  interest: { readonly topics: readonly string[] } | { readonly pattern: RegExp },
): GroupConsumeOptions['member'] {
  const protocol = isNewProtocol(values) ? 'consumer' : 'classic';
  return {
    groupId: textOf(values, 'group.id') ?? '',
    ...interest,
    includeInternal: textOf(values, 'exclude.internal.topics')?.toLowerCase() === 'false',
    protocol,
    assignors: protocol === 'classic' ? assignorsOf(values) : undefined,
    serverAssignor: textOf(values, 'group.remote.assignor'),
    groupInstanceId: textOf(values, 'group.instance.id'),
    sessionTimeoutMs: numberOf(values, 'session.timeout.ms'),
    heartbeatIntervalMs: numberOf(values, 'heartbeat.interval.ms'),
    rebalanceTimeoutMs: numberOf(values, 'max.poll.interval.ms'),
    autoOffsetReset: resetOf(values),
    ...('topics' in interest && { metadataRefreshMs: topicRefreshMs }),
  };
}

/** Whether the group is one of KIP-848. */
export function isNewProtocol(values: Values): boolean {
  return textOf(values, 'group.protocol')?.toLowerCase() === 'consumer';
}

/** Where to start without an offset. */
export function resetOf(values: Values): LogPlace | 'none' {
  const reset = textOf(values, 'auto.offset.reset');
  if (reset === 'earliest' || reset === 'none') return reset;
  const lookbackMs = durationOf(reset ?? '');
  return lookbackMs === undefined ? 'latest' : { lookbackMs };
}

/** How to fetch. */
export function fetchSettings(values: Values): NonNullable<GroupConsumeOptions['fetch']> {
  return {
    rack: textOf(values, 'client.rack'),
    maxWaitMs: numberOf(values, 'fetch.max.wait.ms'),
    minBytes: numberOf(values, 'fetch.min.bytes'),
    maxBytes: numberOf(values, 'fetch.max.bytes'),
    partitionMaxBytes: numberOf(values, 'max.partition.fetch.bytes'),
    checkCrcs: textOf(values, 'check.crcs')?.toLowerCase() !== 'false',
  };
}

/** When to commit. */
export function commitPolicy(values: Values): GroupConsumeOptions['commit'] {
  if (textOf(values, 'enable.auto.commit')?.toLowerCase() === 'false') return { kind: 'none' };
  return { kind: 'interval', ms: Math.max(1, numberOf(values, 'auto.commit.interval.ms') ?? 5000) };
}

function assignorsOf(values: Values): readonly AssignorName[] | undefined {
  const list = textOf(values, 'partition.assignment.strategy');
  if (list === undefined || list === '') return undefined;
  return list.split(',').map((part) => {
    const name = part.trim();
    const found = Object.hasOwn(assignors, name) ? assignors[name] : undefined;
    if (found !== undefined) return found;
    const kafka = 'org.apache.kafka.common.KafkaException';
    const cause = new JavaError(kafka, `${name} ClassNotFoundException exception occurred`);
    throw new JavaError(kafka, 'Failed to construct kafka consumer', cause);
  });
}

function textOf(values: Values, key: string): string | undefined {
  return values.get(key)?.trim();
}

function numberOf(values: Values, key: string): number | undefined {
  const text = textOf(values, key);
  return text === undefined ? undefined : Number(text);
}
