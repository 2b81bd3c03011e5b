import { expect, test } from 'vitest';
import { inQuotaOrder } from '../../../../src/apache/kafka-configs/quota-order.js';

test('users with quotas, the default among them, come in the order in which Kafka 4.3 printed them', () => {
  const names = [...Array.from({ length: 14 }, (_, at) => `user-${at + 1}`), null];
  const quotas = names.map((name) => ({ entity: [{ type: 'user', name }], values: [] }));
  expect(inQuotaOrder(quotas).map(({ entity }) => entity[0]?.name)).toEqual([
    'user-7',
    'user-8',
    'user-14',
    'user-13',
    'user-6',
    'user-3',
    'user-11',
    'user-4',
    'user-10',
    'user-9',
    'user-2',
    'user-5',
    'user-12',
    null,
    'user-1',
  ]);
});
