import type { OptionSet } from '../jopt/option-set.js';

/** The types of entities, in the order in which Kafka's tool lists them. */
export const entityTypes = ['topics', 'clients', 'users', 'brokers', 'ips', 'client-metrics', 'groups', 'broker-loggers'] as const;

/** A type of entity. */
export type EntityType = (typeof entityTypes)[number];

/** The options that stand for a type and a name; first all of these count, whatever the order typed. */
export const nameFlags = [
  ['topic', 'topics'],
  ['client', 'clients'],
  ['user', 'users'],
  ['broker', 'brokers'],
  ['broker-logger', 'broker-loggers'],
  ['ip', 'ips'],
  ['client-metrics', 'client-metrics'],
  ['group', 'groups'],
] as const;

/** The options that stand for a type and its default entity. */
export const defaultFlags = [
  ['client-defaults', 'clients'],
  ['user-defaults', 'users'],
  ['broker-defaults', 'brokers'],
  ['ip-defaults', 'ips'],
] as const;

/** The types given, as typed; whether Kafka has them is not checked here. */
export function givenTypes(options: OptionSet): readonly string[] {
  const short = [...nameFlags, ...defaultFlags].filter(([flag]) => options.has(flag)).map(([, type]) => type);
  return [...options.values('entity-type'), ...short];
}

/**
 * The names given; the empty name is the default entity. Names and defaults of the long form count in the order typed.
 *
 * @throws OptionError for a short form given twice
 */
export function givenNames(options: OptionSet): readonly string[] {
  const long = [...options.values('entity-name')];
  const pairs = options.order.flatMap((option) => {
    if (option === 'entity-default') return [''];
    return option === 'entity-name' ? [long.shift() ?? ''] : [];
  });
  const short = nameFlags.filter(([flag]) => options.has(flag)).map(([flag]) => options.text(flag) ?? '');
  return [...pairs, ...short, ...defaultFlags.filter(([flag]) => options.has(flag)).map(() => '')];
}

/** One entity of its type, as the tool's texts name it: `client-metrics` loses its last letter too. */
export function singular(type: string): string {
  return type.slice(0, -1);
}
