import { type AssignorName, assignorNames } from '../../core/assignors/assignor.js';
import { CliError } from '../../core/errors.js';
import { parseGroupName } from '../../core/groups/group-selection.js';
import { parseTopicSelection } from '../../core/topics/topic-selection.js';
import type { CommitPolicy, GroupConsumeOptions } from '../../operations/console/group-consume-options.js';
import { parseBrokerDuration, parseDuration } from '../duration.js';
import type { ConsumeFlags } from './consume-flags.js';

/** Values of the settings file by Kafka's own keys. */
export type Properties = ReadonlyMap<string, { readonly value: string; readonly source: string }>;

/** Java's assignors by the end of their class names. */
const classes: Readonly<Record<string, AssignorName>> = {
  RangeAssignor: 'range',
  RoundRobinAssignor: 'roundrobin',
  StickyAssignor: 'sticky',
  CooperativeStickyAssignor: 'cooperative-sticky',
};
const serverAssignors = ['uniform', 'range'];

/**
 * What kind of group member the flags ask for; what they leave open, Kafka's keys in the settings file say.
 *
 * @throws CliError `usage` for values that make no sense, `config` for those of the settings file
 */
export function memberOptions(flags: ConsumeFlags, topics: readonly string[], file: Properties): GroupConsumeOptions['member'] {
  const protocol = flags.groupProtocol ?? choice(file, 'group.protocol', ['classic', 'consumer'] as const) ?? 'classic';
  if (flags.group === undefined || flags.group === '') throw new CliError('usage', 'the group id must not be empty');
  return {
    groupId: parseGroupName(flags.group, '--group', flags.literal),
    ...subscription(topics, flags.literal),
    protocol,
    ...(protocol === 'classic' ? { assignors: assignors(flags, file) } : { serverAssignor: serverAssignor(flags, file) }),
    groupInstanceId: flags.groupInstanceId ?? file.get('group.instance.id')?.value,
    ...times(flags, protocol, file),
    autoOffsetReset: flags.fromBeginning === true ? 'earliest' : resetOf(file),
  };
}

function subscription(
  words: readonly string[],
  isLiteral: boolean | undefined,
): Pick<GroupConsumeOptions['member'], 'topics' | 'pattern'> {
  if (words.length === 0) throw new CliError('usage', 'no topic is named', { hint: 'name one: kafkit console consume TOPIC' });
  const { names, patterns } = parseTopicSelection(words, isLiteral);
  if (patterns.length === 0) return { topics: names };
  // A member matches whole names; a pattern may match anywhere.
  const sources = patterns.map(({ expression }) => `.*(?:${expression.source}).*`);
  const exact = names.map((name) => name.replaceAll(/[\\^$.+()|[\]{}]/g, '\\$&'));
  return { pattern: new RegExp([...exact, ...sources].map((source) => `(?:${source})`).join('|')) };
}

function assignors({ assignor }: ConsumeFlags, file: Properties): readonly AssignorName[] | undefined {
  const key = 'partition.assignment.strategy';
  const given = assignor ?? file.get(key)?.value.split(',').map((name) => name.trim()); // prettier-ignore
  return given?.map((name) => {
    const found = assignorNames.find((each) => each === (classes[name.slice(name.lastIndexOf('.') + 1)] ?? name));
    if (found !== undefined) return found;
    const what = assignor === undefined ? key : '--assignor';
    throw new CliError(assignor === undefined ? 'config' : 'usage', `${what} '${name}' is not known`, {
      hint: `there are ${assignorNames.join(', ')}`,
    });
  });
}

function serverAssignor({ assignor }: ConsumeFlags, file: Properties): string | undefined {
  if (assignor === undefined) return file.get('group.remote.assignor')?.value;
  const [name = '', other] = assignor;
  if (other === undefined && serverAssignors.includes(name)) return name;
  throw new CliError('usage', `--assignor '${assignor.join("', '")}' is not known to the consumer protocol`, {
    hint: `brokers have one of ${serverAssignors.join(', ')}; leave it out for their default`,
  });
}

function times(
  { sessionTimeout }: ConsumeFlags,
  protocol: 'classic' | 'consumer',
  file: Properties,
): Pick<GroupConsumeOptions['member'], 'sessionTimeoutMs' | 'heartbeatIntervalMs' | 'rebalanceTimeoutMs'> {
  if (protocol === 'consumer' && sessionTimeout !== undefined) {
    throw new CliError('usage', '--session-timeout has no meaning with the consumer protocol, where brokers set it', {
      hint: 'the group has a setting for it: consumer.session.timeout.ms',
    });
  }
  const session = sessionTimeout === undefined ? number(file, 'session.timeout.ms') : parseBrokerDuration(sessionTimeout, '--session-timeout'); // prettier-ignore
  const heartbeat = number(file, 'heartbeat.interval.ms');
  return {
    sessionTimeoutMs: session,
    // A session needs several heartbeats.
    heartbeatIntervalMs: heartbeat ?? (session === undefined ? undefined : Math.min(3000, Math.ceil(session / 3))),
    rebalanceTimeoutMs: number(file, 'max.poll.interval.ms'),
  };
}

function resetOf(file: Properties): 'earliest' | 'latest' | 'none' {
  return choice(file, 'auto.offset.reset', ['earliest', 'latest', 'none'] as const) ?? 'latest';
}

/**
 * When to commit.
 *
 * @throws CliError `usage` for an interval without the policy it belongs to
 */
export function commitPolicy({ commit = 'batch', commitInterval }: ConsumeFlags): CommitPolicy {
  if (commit === 'interval') {
    return { kind: 'interval', ms: commitInterval === undefined ? 5000 : parseDuration(commitInterval, '--commit-interval') };
  }
  if (commitInterval === undefined) return { kind: commit };
  throw new CliError('usage', '--commit-interval has no meaning without --commit interval');
}

function choice<T extends string>(file: Properties, key: string, values: readonly T[]): T | undefined {
  const found = file.get(key);
  if (found === undefined) return undefined;
  const value = values.find((each) => each === found.value.toLowerCase());
  if (value !== undefined) return value;
  throw new CliError('config', `${found.source}: ${key} is '${found.value}', and must be one of ${values.join(', ')}`);
}

function number(file: Properties, key: string): number | undefined {
  const found = file.get(key);
  if (found === undefined) return undefined;
  const value = Number(found.value);
  if (/^\d+$/.test(found.value) && value >= 1 && value <= 2_147_483_647) return value;
  throw new CliError('config', `${found.source}: ${key} is '${found.value}', and must be a number of milliseconds`);
}
