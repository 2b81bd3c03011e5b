import { JavaError } from './java-error.js';

/** How Kafka's clients read the settings that may stand in a tool's file: type, and the least value where there is one. */
const numbers: Readonly<Record<string, { readonly type: 'INT' | 'LONG'; readonly least?: number }>> = {
  'default.api.timeout.ms': { type: 'INT', least: 0 },
  'request.timeout.ms': { type: 'INT', least: 0 },
  retries: { type: 'INT', least: 0 },
  'connections.max.idle.ms': { type: 'LONG' },
  'metadata.max.age.ms': { type: 'LONG', least: 0 },
  'reconnect.backoff.ms': { type: 'LONG', least: 0 },
  'reconnect.backoff.max.ms': { type: 'LONG', least: 0 },
  'retry.backoff.ms': { type: 'LONG', least: 0 },
  'retry.backoff.max.ms': { type: 'LONG', least: 0 },
  'receive.buffer.bytes': { type: 'INT', least: -1 },
  'send.buffer.bytes': { type: 'INT', least: -1 },
  'socket.connection.setup.timeout.ms': { type: 'LONG' },
  'socket.connection.setup.timeout.max.ms': { type: 'LONG' },
};

const bits = { INT: 32, LONG: 64 } as const;

/** Kafka's exception for settings (`ConfigException`). */
export function configException(message: string): JavaError {
  return new JavaError('org.apache.kafka.common.config.ConfigException', message);
}

/** Kafka's exception for one wrong value; `reason` ends its text. */
export function invalidValue(key: string, value: string, reason: string): JavaError {
  return configException(`Invalid value ${value} for configuration ${key}: ${reason}`);
}

/**
 * Checks a number as Kafka's `ConfigDef` does.
 *
 * @throws JavaError with Kafka's text
 */
export function checkNumber(key: string, value: string, { type, least }: { type: 'INT' | 'LONG'; least?: number }): void {
  const text = value.trim();
  const number = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
  // Kafka repeats the value without the blanks around it.
  if (number === undefined || BigInt.asIntN(bits[type], number) !== number) {
    throw invalidValue(key, text, `Not a number of type ${type}`);
  }
  if (least !== undefined && number < BigInt(least)) throw invalidValue(key, String(number), `Value must be at least ${least}`);
}

const protocols = ['SASL_SSL', 'PLAINTEXT', 'SSL', 'SASL_PLAINTEXT'];

/**
 * Checks the settings that every client of Kafka has, before it connects.
 *
 * @throws JavaError `ConfigException` for the first that has a wrong value
 */
export function checkClientConfig(values: ReadonlyMap<string, string>): void {
  for (const [key, rule] of Object.entries(numbers)) {
    const value = values.get(key);
    if (value !== undefined) checkNumber(key, value, rule);
  }
  const protocol = values.get('security.protocol');
  if (protocol !== undefined && !protocols.includes(protocol.trim().toUpperCase())) {
    const reason = `String must be one of (case insensitive): ${protocols.join(', ')}`;
    throw invalidValue('security.protocol', protocol, reason);
  }
}
