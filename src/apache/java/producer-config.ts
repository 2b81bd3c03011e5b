import { configException } from './client-config.js';
import { checkConfig, commonDefinition, type ConfigDefinition, flag, int, long } from './config-definition.js';
import { buildFailure } from './tool-settings.js';

const largestInt = 2 ** 31 - 1;
const producers = 'org.apache.kafka.clients.producer.';

/** The one class of partitioner that Kafka brings and that can still be named. */
export const roundRobinClass = `${producers}RoundRobinPartitioner`;

const definition: ConfigDefinition = [
  ['buffer.memory', long(0)],
  ['retries', int(0, 2_147_483_647)],
  ['acks', { type: 'STRING', oneOf: ['all', '-1', '0', '1'] }],
  ['compression.type', { type: 'STRING', oneOf: ['none', 'gzip', 'snappy', 'lz4', 'zstd'] }],
  ['compression.gzip.level', { type: 'INT', refuse: refuseGzipLevel }],
  ['compression.lz4.level', int(1, 17)],
  ['compression.zstd.level', int(-131_072, 22)],
  ['batch.size', int(0)],
  ['partitioner.adaptive.partitioning.enable', flag],
  ['partitioner.availability.timeout.ms', long(0)],
  ['partitioner.ignore.keys', flag],
  ['linger.ms', long(0)],
  ['delivery.timeout.ms', int(0)],
  ['max.request.size', int(0)],
  ['max.block.ms', long(0)],
  ['metadata.max.idle.ms', long(5000)],
  ['max.in.flight.requests.per.connection', int(1)],
  ['partitioner.class', { type: 'CLASS', classes: [roundRobinClass] }],
  ...commonDefinition,
  ['enable.idempotence', flag],
  ['transaction.timeout.ms', int()],
  ['transactional.id', { type: 'STRING', isNonEmpty: true }],
  ['transaction.two.phase.commit.enable', flag],
];

function refuseGzipLevel(value: string): string | undefined {
  const level = Number(value);
  return level === -1 || (level >= 1 && level <= 9) ? undefined : 'Value must be between 1 and 9 or equal to -1';
}

/**
 * Checks the settings of a producer as Kafka does when it builds one.
 *
 * @throws JavaError
 */
export function checkProducerConfig(values: ReadonlyMap<string, string>): void {
  checkConfig(definition, values);
  checkIdempotence(values);
  if (values.has('delivery.timeout.ms') && Number(values.get('delivery.timeout.ms')) < leastDeliveryTimeoutMs(values)) {
    throw buildFailure('producer', 'delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms');
  }
}

/** What Kafka takes `delivery.timeout.ms` for: where nobody set it, at least the time that a batch lingers and is under way. */
export function deliveryTimeoutMs(values: ReadonlyMap<string, string>): number {
  const given = values.get('delivery.timeout.ms');
  return given === undefined ? Math.max(120_000, leastDeliveryTimeoutMs(values)) : Number(given);
}

/** What Kafka takes `linger.ms` for: a number of 64 bits, used as one of 32. */
export function lingerMs(values: ReadonlyMap<string, string>): number {
  return Math.min(largestInt, Number(values.get('linger.ms') ?? 5));
}

function leastDeliveryTimeoutMs(values: ReadonlyMap<string, string>): number {
  return Math.min(largestInt, lingerMs(values) + Number(values.get('request.timeout.ms') ?? 30_000));
}

function checkIdempotence(values: ReadonlyMap<string, string>): void {
  const asked = values.get('enable.idempotence');
  const isAsked = asked?.trim().toLowerCase() === 'true';
  if (asked === undefined || isAsked) {
    if (isAsked && Number(values.get('retries') ?? 1) === 0) {
      throw configException('Must set retries to non-zero when using the idempotent producer.');
    }
    if (isAsked && !isAcksAll(values)) {
      throw configException(
        'Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.',
      );
    }
    const inFlight = Number(values.get('max.in.flight.requests.per.connection') ?? 5);
    if (inFlight > 5) {
      throw configException(
        `To use the idempotent producer, max.in.flight.requests.per.connection must be set to at most 5. Current value is ${inFlight}.`,
      );
    }
  }
  if (values.has('transactional.id') && !isIdempotent(values)) {
    throw configException('Cannot set a transactional.id without also enabling idempotence.');
  }
}

/** Whether a producer with these settings is idempotent: unless it is told otherwise, and as far as the other settings let it. */
export function isIdempotent(values: ReadonlyMap<string, string>): boolean {
  const asked = values.get('enable.idempotence');
  if (asked !== undefined) return asked.trim().toLowerCase() === 'true';
  return isAcksAll(values) && Number(values.get('retries') ?? 1) !== 0;
}

function isAcksAll(values: ReadonlyMap<string, string>): boolean {
  return ['all', '-1'].includes(values.get('acks')?.trim() ?? 'all');
}
