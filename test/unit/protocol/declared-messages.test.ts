import { expect, test } from 'vitest';
import { allMessages } from './all-messages.js';

const messages = await allMessages();

test('the messages that kafkit speaks are these', () => {
  expect(messages.map(({ name, minVersion, maxVersion }) => `${name} ${minVersion}-${maxVersion}`)).toMatchInlineSnapshot(`
    [
      "AddOffsetsToTxn 1-4",
      "AddPartitionsToTxn 1-3",
      "AlterClientQuotas 0-1",
      "AlterPartitionReassignments 0-1",
      "AlterReplicaLogDirs 1-2",
      "AlterUserScramCredentials 0-0",
      "ApiVersions 0-4",
      "ConsumerGroupDescribe 0-1",
      "ConsumerGroupHeartbeat 0-1",
      "CreateAcls 1-3",
      "CreatePartitions 1-3",
      "CreateTopics 5-7",
      "DeleteAcls 1-3",
      "DeleteGroups 2-2",
      "DeleteRecords 1-2",
      "DeleteTopics 4-6",
      "DescribeAcls 1-3",
      "DescribeClientQuotas 0-1",
      "DescribeCluster 0-2",
      "DescribeConfigs 2-4",
      "DescribeGroups 5-6",
      "DescribeLogDirs 1-5",
      "DescribeProducers 0-0",
      "DescribeQuorum 0-2",
      "DescribeTopicPartitions 0-0",
      "DescribeTransactions 0-0",
      "DescribeUserScramCredentials 0-0",
      "ElectLeaders 2-2",
      "EndTxn 1-4",
      "Fetch 11-13",
      "FindCoordinator 3-6",
      "Heartbeat 4-4",
      "IncrementalAlterConfigs 1-1",
      "InitProducerId 2-6",
      "JoinGroup 6-9",
      "LeaveGroup 4-5",
      "ListConfigResources 0-1",
      "ListGroups 3-5",
      "ListOffsets 5-11",
      "ListPartitionReassignments 0-0",
      "ListTransactions 0-2",
      "Metadata 9-13",
      "OffsetCommit 8-10",
      "OffsetDelete 0-0",
      "OffsetFetch 6-9",
      "OffsetForLeaderEpoch 3-4",
      "Produce 8-11",
      "SaslAuthenticate 1-2",
      "SaslHandshake 1-1",
      "SyncGroup 4-5",
      "TxnOffsetCommit 2-4",
      "UpdateFeatures 0-2",
    ]
  `);
});

test('no two messages share a key', () => {
  expect(new Set(messages.map(({ apiKey }) => apiKey)).size).toBe(messages.length);
});

test('every ceiling says why', () => {
  const ceilings = messages.flatMap(({ name, ceiling }) => (ceiling === undefined ? [] : [[name, ceiling] as const]));
  expect(ceilings.length).toBeGreaterThan(0);
  for (const [name, ceiling] of ceilings) expect(ceiling, name).toMatch(/^versions? \d+ .*KIP-\d+/);
});
