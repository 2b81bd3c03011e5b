import { expect, test } from 'vitest';
import { listFailure } from '../../../../src/apache/kafka-consumer-groups/call-failure.js';
import { clientFailure } from '../../../../src/apache/java/client-failure.js';
import { formatTrace } from '../../../../src/apache/java/java-error.js';
import type { VersionRange } from '../../../../src/client/broker-versions.js';
import { UnsupportedRequest } from '../../../../src/client/unsupported-request.js';
import { FindCoordinator } from '../../../../src/protocol/messages/find-coordinator.js';
import { Metadata } from '../../../../src/protocol/messages/metadata.js';

const metadata: readonly [number, VersionRange] = [Metadata.apiKey, { min: 0, max: 13 }];
const unsupportedClass = 'org.apache.kafka.common.errors.UnsupportedVersionException';

test.each([
  ['a controller', [], 'The node does not support METADATA'],
  ['a broker that does not know the request', [metadata], 'The node does not support FIND_COORDINATOR'],
  [
    'a broker that speaks other versions',
    [metadata, [FindCoordinator.apiKey, { min: 98, max: 99 }] as const],
    `The node does not support FIND_COORDINATOR with version in range [${FindCoordinator.minVersion},${FindCoordinator.maxVersion}]. The supported range is [98,99].`,
  ],
])('what %s does not support is told in the words of Kafka', (_, versions, text) => {
  const failure = new UnsupportedRequest(FindCoordinator, new Map(versions), 'broker:9092');
  expect(clientFailure(failure, 'findCoordinator')).toMatchObject({ javaClass: unsupportedClass, message: text });
});

test('a list of groups that is asked of a controller fails before a broker is found', () => {
  const failure = new UnsupportedRequest(Metadata, new Map(), 'controller:9093');
  expect(formatTrace(listFailure(failure))).toBe(
    'org.apache.kafka.common.KafkaException: Failed to find brokers to send ListGroups\n' +
      `Caused by: ${unsupportedClass}: The node does not support METADATA\n`,
  );
});
