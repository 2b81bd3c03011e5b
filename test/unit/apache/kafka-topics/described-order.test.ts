import { expect, test } from 'vitest';
import { describedOrder } from '../../../../src/apache/kafka-topics/describe.js';

// As Kafka's own tool printed them.
test('topics are described in the order in which they leave the tables of Kafka', () => {
  expect(describedOrder(['m-alpha', 'only3', 'two'])).toEqual(['only3', 'm-alpha', 'two']);
});
