import { configException, invalidValue } from '../java/client-config.js';
import { checkConfig, type ConfigDefinition, flag, int, long } from '../java/config-definition.js';
import { javaHashOrder } from '../java/hash-order.js';
import { illegalArgument } from '../java/illegal-argument.js';
import { JavaError } from '../java/java-error.js';

/** The settings of a topic with what Kafka 4.3's own tool lets them be, in its order. */
const definition: ConfigDefinition = [
  ['segment.bytes', int(1_048_576)],
  ['segment.ms', long(1)],
  ['segment.jitter.ms', long(0)],
  ['segment.index.bytes', int(4)],
  ['flush.messages', long(1)],
  ['flush.ms', long(0)],
  ['retention.bytes', long()],
  ['retention.ms', long(-1)],
  ['max.message.bytes', int(0)],
  ['index.interval.bytes', int(0)],
  ['delete.retention.ms', long(0)],
  ['min.compaction.lag.ms', long(0)],
  ['max.compaction.lag.ms', long(1)],
  ['file.delete.delay.ms', long(0)],
  ['min.cleanable.dirty.ratio', { type: 'DOUBLE', refuse: refuseRatio }],
  ['cleanup.policy', { type: 'STRING', refuse: refuseCleanupPolicy }],
  ['unclean.leader.election.enable', flag],
  ['min.insync.replicas', int(1)],
  ['compression.type', { type: 'STRING', oneOf: ['uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'] }],
  ['compression.gzip.level', { type: 'INT', refuse: refuseGzipLevel }],
  ['compression.lz4.level', int(1, 17)],
  ['compression.zstd.level', int(-131_072, 22)],
  ['preallocate', flag],
  ['message.timestamp.type', { type: 'STRING', oneOf: ['CreateTime', 'LogAppendTime'] }],
  ['message.timestamp.before.max.ms', long(0)],
  ['message.timestamp.after.max.ms', long(0)],
  throttledReplicas('leader.replication.throttled.replicas'),
  throttledReplicas('follower.replication.throttled.replicas'),
  ['remote.storage.enable', flag],
  ['local.retention.ms', long(-2)],
  ['local.retention.bytes', long(-2)],
  ['remote.log.copy.disable', flag],
  ['remote.log.delete.on.disable', flag],
  ['internal.segment.bytes', int()],
];

/** The names of a topic's settings in the order in which a broker tells them. */
export const topicConfigOrder: readonly string[] = definition.map(([name]) => name);

/**
 * Reads the values of `--config` and checks them as Kafka's tool does before it asks a broker; of a name given twice the last
 * value counts.
 *
 * @throws JavaError for what is not `name=value`, an unknown name, and a value that cannot be
 */
export function parseTopicConfigs(words: readonly string[]): Readonly<Record<string, string>> {
  const pairs = words.map(splitPair);
  const configs = new Map<string, string>();
  for (const pair of pairs) {
    if (pair === undefined) {
      throw illegalArgument('requirement failed: Invalid topic config: all configs to be added must be in the format "key=val".');
    }
    configs.set(...pair);
  }
  const known = new Set(definition.map(([name]) => name));
  const unknown = javaHashOrder(configs.keys()).find((name) => !known.has(name));
  if (unknown !== undefined) throw invalidConfiguration(`Unknown topic config name: ${unknown}`);
  checkConfig(definition, configs);
  checkLags(configs);
  return Object.fromEntries(configs);
}

/** Java's split at `=`: empty parts at the end do not count, so that `a=` has one part and `a=b=` has two. */
function splitPair(word: string): [string, string] | undefined {
  const parts = word.split(/\s*=\s*/);
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  const [name, value, more] = parts;
  return name === undefined || value === undefined || more !== undefined ? undefined : [name.trim(), value.trim()];
}

function checkLags(configs: ReadonlyMap<string, string>): void {
  const least = configs.get('min.compaction.lag.ms');
  const most = configs.get('max.compaction.lag.ms');
  if (least === undefined || most === undefined || BigInt(least) <= BigInt(most)) return;
  const text = `conflict topic config setting min.compaction.lag.ms (${BigInt(least)}) > max.compaction.lag.ms (${BigInt(most)})`;
  throw invalidConfiguration(text);
}

function invalidConfiguration(message: string): JavaError {
  return new JavaError('org.apache.kafka.common.errors.InvalidConfigurationException', message);
}

function refuseRatio(value: string): string | undefined {
  const ratio = Number(value);
  if (ratio < 0) return 'Value must be at least 0';
  return ratio > 1 ? 'Value must be no more than 1' : undefined;
}

function refuseGzipLevel(value: string): string | undefined {
  const level = Number(value);
  return level === -1 || (level >= 1 && level <= 9) ? undefined : 'Value must be between 1 and 9 or equal to -1';
}

/** Says which item of the list is wrong, which a reason for the whole value cannot. */
function refuseCleanupPolicy(value: string): undefined {
  const items = listItems(value);
  if (items.includes('')) throw configException("Configuration 'cleanup.policy' values must not be empty.");
  const wrong = items.find((item) => item !== 'compact' && item !== 'delete');
  if (wrong !== undefined) throw invalidValue('cleanup.policy', wrong, 'String must be one of: compact, delete');
}

function listItems(value: string): string[] {
  return value === '' ? [] : value.split(/\s*,\s*/);
}

/** A list of `partition:broker`, or a star for all. */
function throttledReplicas(name: string): ConfigDefinition[number] {
  const form = '[partitionId]:[brokerId],[partitionId]:[brokerId],...';
  const refuse = (value: string): undefined => {
    const items = listItems(value);
    if (items.every((item) => /^(\d+:\d+)?$/.test(item)) || (items.length === 1 && items[0] === '*')) return;
    const reason = `${name} must be the literal '*' or a list of replicas in the following format: ${form}`;
    throw invalidValue(name, `[${items.join(', ')}]`, reason);
  };
  return [name, { type: 'STRING', refuse }];
}
