import { invalidValue } from './client-config.js';
import { formatDouble, parseDouble } from './double.js';

/** What one setting of a Kafka client may be. */
export interface ConfigRule {
  readonly type: 'BOOLEAN' | 'STRING' | 'SHORT' | 'INT' | 'LONG' | 'DOUBLE' | 'CLASS';
  readonly least?: number;
  readonly most?: number;
  readonly oneOf?: readonly string[];
  readonly oneOfAnyCase?: readonly string[];
  readonly isNonEmpty?: boolean;
  /** Classes that are there, for settings that name one. */
  readonly classes?: readonly string[];
  /** Says why a value is refused; undefined for one that is fine. */
  readonly refuse?: (value: string) => string | undefined;
}

/** The settings of a client in the order in which Kafka looks at them. */
export type ConfigDefinition = readonly (readonly [key: string, rule: ConfigRule])[];

const bits = { SHORT: 16, INT: 32, LONG: 64 } as const;

/**
 * Checks settings as Kafka's `ConfigDef` does; keys that it does not know are let pass.
 *
 * @throws JavaError `ConfigException` for the first wrong value
 */
export function checkConfig(definition: ConfigDefinition, values: ReadonlyMap<string, string>): void {
  for (const [key, rule] of definition) {
    const value = values.get(key);
    if (value !== undefined) checkValue(key, value.trim(), rule);
  }
}

function checkValue(key: string, value: string, rule: ConfigRule): void {
  const refuse = (reason: string, shown = value): never => {
    throw invalidValue(key, shown, reason);
  };
  switch (rule.type) {
    case 'BOOLEAN':
      if (!/^(?:true|false)$/i.test(value)) refuse('Expected value to be either true or false');
      return;
    case 'CLASS':
      if (!(rule.classes ?? []).includes(value)) refuse(`Class ${value} could not be found.`);
      return;
    case 'STRING':
      return checkText(value, rule, refuse);
    case 'DOUBLE': {
      const number = parseDouble(value);
      if (number === undefined) return refuse('Not a number of type DOUBLE');
      return checkRange(number, formatDouble, rule, refuse);
    }
    default: {
      const number = /^[+-]?\d+$/.test(value) ? BigInt(value.replace('+', '')) : undefined;
      if (number === undefined || BigInt.asIntN(bits[rule.type], number) !== number) {
        return refuse(`Not a number of type ${rule.type}`);
      }
      return checkRange(Number(number), (bound) => String(bound), rule, refuse, String(number));
    }
  }
}

type Refuse = (reason: string, shown?: string) => never;

function checkText(value: string, { oneOf, oneOfAnyCase, isNonEmpty, refuse: why }: ConfigRule, refuse: Refuse): void {
  if (oneOf?.includes(value) === false) refuse(`String must be one of: ${oneOf.join(', ')}`);
  if (oneOfAnyCase?.includes(value.toUpperCase()) === false) {
    refuse(`String must be one of (case insensitive): ${oneOfAnyCase.join(', ')}`);
  }
  if (isNonEmpty === true && value === '') refuse('String must be non-empty');
  const reason = why?.(value);
  if (reason !== undefined) refuse(reason);
}

function checkRange(
  value: number,
  format: (value: number) => string,
  { least, most, refuse: why }: ConfigRule,
  refuse: Refuse,
  shown = format(value),
): void {
  if (least !== undefined && value < least) refuse(`Value must be at least ${format(least)}`, shown);
  if (most !== undefined && value > most) refuse(`Value must be no more than ${format(most)}`, shown);
  const reason = why?.(shown);
  if (reason !== undefined) refuse(reason, shown);
}

/** A whole number of 32 bits. */
export function int(least?: number, most?: number): ConfigRule {
  return { type: 'INT', ...(least !== undefined && { least }), ...(most !== undefined && { most }) };
}

/** A whole number of 64 bits. */
export function long(least?: number): ConfigRule {
  return { type: 'LONG', ...(least !== undefined && { least }) };
}

export const flag: ConfigRule = { type: 'BOOLEAN' };

const noClass: ConfigRule = { type: 'CLASS' };

/** Settings that producers and consumers share, and that only they check. */
export const commonDefinition: ConfigDefinition = [
  ['client.dns.lookup', { type: 'STRING', oneOf: ['use_all_dns_ips', 'resolve_canonical_bootstrap_servers_only'] }],
  ['metadata.max.age.ms', long(0)],
  ['send.buffer.bytes', int(-1)],
  ['receive.buffer.bytes', int(-1)],
  ['reconnect.backoff.ms', long(0)],
  ['reconnect.backoff.max.ms', long(0)],
  ['retry.backoff.ms', long(0)],
  ['retry.backoff.max.ms', long(0)],
  ['enable.metrics.push', flag],
  ['request.timeout.ms', int(0)],
  ['metrics.sample.window.ms', long(0)],
  ['metrics.num.samples', int(1)],
  ['metrics.recording.level', { type: 'STRING', oneOf: ['INFO', 'DEBUG', 'TRACE'] }],
  ['socket.connection.setup.timeout.ms', long()],
  ['socket.connection.setup.timeout.max.ms', long()],
  ['connections.max.idle.ms', long()],
  ['security.protocol', { type: 'STRING', oneOfAnyCase: ['SASL_SSL', 'PLAINTEXT', 'SSL', 'SASL_PLAINTEXT'] }],
  ['ssl.engine.factory.class', noClass],
  ['sasl.login.refresh.window.factor', { type: 'DOUBLE', least: 0.5, most: 1 }],
  ['sasl.login.refresh.window.jitter', { type: 'DOUBLE', least: 0, most: 0.25 }],
  ['sasl.login.refresh.min.period.seconds', { type: 'SHORT', least: 0, most: 900 }],
  ['sasl.login.refresh.buffer.seconds', { type: 'SHORT', least: 0, most: 3600 }],
  ['sasl.login.class', noClass],
  ['metadata.recovery.strategy', { type: 'STRING', oneOfAnyCase: ['REBOOTSTRAP', 'NONE'] }],
  ['metadata.recovery.rebootstrap.trigger.ms', long(0)],
];
