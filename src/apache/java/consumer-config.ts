import { configException } from './client-config.js';
import { checkConfig, commonDefinition, type ConfigDefinition, flag, int } from './config-definition.js';
import { JavaError } from './java-error.js';

const definition: ConfigDefinition = [
  ['group.instance.id', { type: 'STRING', isNonEmpty: true }],
  ['session.timeout.ms', int()],
  ['heartbeat.interval.ms', int()],
  ['enable.auto.commit', flag],
  ['auto.commit.interval.ms', int(0)],
  ['max.partition.fetch.bytes', int(0)],
  ['fetch.min.bytes', int(0)],
  ['fetch.max.bytes', int(0)],
  ['fetch.max.wait.ms', int(0)],
  ['auto.offset.reset', { type: 'STRING', refuse: refuseReset }],
  ['check.crcs', flag],
  ...commonDefinition,
  ['default.api.timeout.ms', int(0)],
  ['max.poll.records', int(1)],
  ['max.poll.interval.ms', int(1)],
  ['exclude.internal.topics', flag],
  ['isolation.level', { type: 'STRING', oneOf: ['read_committed', 'read_uncommitted'] }],
  ['allow.auto.create.topics', flag],
  ['group.protocol', { type: 'STRING', oneOfAnyCase: ['CONSUMER', 'CLASSIC'] }],
];

/** ISO 8601 durations as far as Java's `Duration` knows them: days and smaller. */
const duration = /^by_duration:P(?!$)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{0,9})?)S)?)?$/i;

function refuseReset(value: string): string | undefined {
  if (['earliest', 'latest', 'none'].includes(value) || durationOf(value) !== undefined) return undefined;
  return `Invalid value \`${value}\` for configuration auto.offset.reset. The value must be either 'earliest', 'latest', 'none' or of the format 'by_duration:<PnDTnHnMn.nS.>'.`;
}

/** Milliseconds of `by_duration:PT1H`; undefined for another reset policy. */
export function durationOf(reset: string): number | undefined {
  const match = duration.exec(reset);
  if (match === null || !reset.startsWith('by_duration:')) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part: string | undefined) => Number(part ?? 0)); // absent groups are undefined
  return Math.floor((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}

const classicOnly = ['partition.assignment.strategy', 'heartbeat.interval.ms', 'session.timeout.ms'] as const;

/**
 * Checks the settings of a consumer as Kafka does when it builds one.
 *
 * @throws JavaError
 */
export function checkConsumerConfig(values: ReadonlyMap<string, string>): void {
  checkConfig(definition, values);
  const isNewProtocol = values.get('group.protocol')?.trim().toLowerCase() === 'consumer';
  const misplaced = isNewProtocol ? classicOnly.find((key) => values.has(key)) : undefined;
  if (misplaced !== undefined) throw configException(`${misplaced} cannot be set when group.protocol=CONSUMER`);
  if (!isNewProtocol && values.has('group.remote.assignor')) {
    throw configException('group.remote.assignor cannot be set when group.protocol=CLASSIC');
  }
  if (values.get('group.id')?.trim() === '') {
    const text = 'The configured group.id should not be an empty string or whitespace.';
    throw consumerBuildError(new JavaError('org.apache.kafka.common.errors.InvalidGroupIdException', text));
  }
  checkInstance(values.get('group.instance.id')?.trim());
  checkHeartbeat(values);
}

function consumerBuildError(cause: JavaError): JavaError {
  return new JavaError('org.apache.kafka.common.KafkaException', 'Failed to construct kafka consumer', cause);
}

function checkInstance(id: string | undefined): void {
  if (id === undefined || /^[\w.-]+$/.test(id)) return;
  const text = `Group instance id is invalid: '${id}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`;
  throw new JavaError('org.apache.kafka.common.errors.InvalidConfigurationException', text);
}

function checkHeartbeat(values: ReadonlyMap<string, string>): void {
  const session = Number(values.get('session.timeout.ms') ?? 45_000);
  const heartbeat = Number(values.get('heartbeat.interval.ms') ?? 3000);
  if (heartbeat < session) return;
  const text = 'Heartbeat must be set lower than the session timeout';
  throw consumerBuildError(new JavaError('java.lang.IllegalArgumentException', text));
}
