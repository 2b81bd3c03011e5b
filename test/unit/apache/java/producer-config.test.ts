import { expect, test } from 'vitest';
import { checkProducerConfig, deliveryTimeoutMs } from '../../../../src/apache/java/producer-config.js';

const refusal = expect.objectContaining({
  message: expect.stringContaining('Failed to construct kafka producer') as string,
}) as unknown;

test.each([
  [{}, 120_000],
  [{ 'linger.ms': '1000', 'request.timeout.ms': '1500' }, 120_000],
  [{ 'linger.ms': '200000' }, 230_000],
  [{ 'request.timeout.ms': '2147483647' }, 2_147_483_647],
  [{ 'linger.ms': '9223372036854775807' }, 2_147_483_647],
  [{ 'delivery.timeout.ms': '60000' }, 60_000],
])('with %j a record may be delivered within %d ms', (values, expected) => {
  expect(deliveryTimeoutMs(new Map(Object.entries(values)))).toBe(expected);
});

test.each([
  [{ 'delivery.timeout.ms': '2147483647', 'linger.ms': '9223372036854775807' }],
  [{ 'delivery.timeout.ms': '2147483647', 'linger.ms': '2147483647', 'request.timeout.ms': '2147483647' }],
  [{ 'delivery.timeout.ms': '30005' }],
  [{ 'retry.backoff.ms': '9223372036854775807', 'max.block.ms': '9223372036854775807' }],
])('%j is taken, as by Kafka', (values) => {
  expect(() => checkProducerConfig(new Map(Object.entries(values)))).not.toThrow();
});

test.each([[{ 'delivery.timeout.ms': '30004' }], [{ 'delivery.timeout.ms': '2147483646', 'linger.ms': '9223372036854775807' }]])(
  '%j is refused, as by Kafka',
  (values) => {
    expect(() => checkProducerConfig(new Map(Object.entries(values)))).toThrow(refusal);
  },
);
