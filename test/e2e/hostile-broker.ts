import type { ResponseBody } from '../../src/protocol/message.js';
import { CreateTopics } from '../../src/protocol/messages/create-topics.js';
import { DeleteTopics } from '../../src/protocol/messages/delete-topics.js';
import { DescribeConfigs } from '../../src/protocol/messages/describe-configs.js';
import { DescribeGroups } from '../../src/protocol/messages/describe-groups.js';
import { FindCoordinator } from '../../src/protocol/messages/find-coordinator.js';
import { ListGroups } from '../../src/protocol/messages/list-groups.js';
import { ListOffsets } from '../../src/protocol/messages/list-offsets.js';
import { Metadata } from '../../src/protocol/messages/metadata.js';
import { DeclaredBroker, declared } from '../load/declared-broker.js';

/** Sets a terminal's title, rings, clears, colours, overwrites the line, and turns the text around; in old and new spelling. */
export const hostile = '\u001b]0;pwned\u0007\u001b[2J\u001b[31;5mX\u009b2J\r\b\u202eabc\u0000';

/** A broker whose every text is meant for the terminal of whoever reads it. */
export async function startHostileBroker(): Promise<DeclaredBroker> {
  const broker: DeclaredBroker = await DeclaredBroker.start([
    declared(Metadata, ({ topics }) => metadata(broker.port, topics?.map(({ name }) => name ?? '') ?? [hostile])),
    declared(CreateTopics, ({ topics }) => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name }) => ({
        ...{ name, topicId: 'AAAAAAAAAAAAAAAAAAAAAQ', errorCode: 44, errorMessage: hostile, topicConfigErrorCode: 0 },
        ...{ numPartitions: -1, replicationFactor: -1, configs: null },
      })),
    })),
    declared(DeleteTopics, ({ topics = [] }) => ({
      throttleTimeMs: 0,
      responses: topics.map(({ name = null }) => ({
        name,
        topicId: 'AAAAAAAAAAAAAAAAAAAAAQ',
        errorCode: 44,
        errorMessage: hostile,
      })),
    })),
    declared(DescribeConfigs, ({ resources }) => ({
      throttleTimeMs: 0,
      results: resources.map(({ resourceType, resourceName }) => ({
        ...{ errorCode: 0, errorMessage: hostile, resourceType, resourceName },
        configs: [config(hostile), config('cleanup.policy')],
      })),
    })),
    declared(ListOffsets, ({ topics }) => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({
          ...{ partitionIndex, errorCode: 0, timestamp: -1n, offset: 5n, leaderEpoch: 0 },
        })),
      })),
    })),
    declared(ListGroups, () => ({
      ...{ throttleTimeMs: 0, errorCode: 0 },
      groups: [{ groupId: hostile, protocolType: 'consumer', groupState: hostile, groupType: hostile }],
    })),
    declared(DescribeGroups, ({ groups }) => ({
      throttleTimeMs: 0,
      groups: groups.map((groupId) => ({
        ...{ errorCode: 0, errorMessage: hostile, groupId, groupState: hostile, protocolType: 'consumer', protocolData: hostile },
        members: [{ ...member, groupInstanceId: hostile, memberMetadata: Buffer.alloc(0), memberAssignment: Buffer.alloc(0) }],
        authorizedOperations: -2147483648,
      })),
    })),
    declared(FindCoordinator, ({ coordinatorKeys = [] }) => ({
      // Without what the newest version does not carry.
      ...{ throttleTimeMs: 0, errorCode: 0, errorMessage: null, nodeId: 0, host: '', port: 0 },
      coordinators: coordinatorKeys.map((key) => ({
        ...{ key, nodeId: 1, host: '127.0.0.1', port: broker.port, errorCode: 0, errorMessage: null },
      })),
    })),
  ]);
  return broker;
}

const member = { memberId: hostile, clientId: hostile, clientHost: hostile };

function config(name: string) {
  const rest = { readOnly: false, configSource: 1, isSensitive: false, synonyms: [], configType: 2, documentation: hostile };
  return { name, value: hostile, ...rest };
}

function metadata(port: number, names: readonly string[]): ResponseBody<typeof Metadata> {
  const partition = { errorCode: 0, partitionIndex: 0, leaderId: 1, leaderEpoch: 0, replicaNodes: [1], isrNodes: [1] };
  return {
    throttleTimeMs: 0,
    brokers: [{ nodeId: 1, host: '127.0.0.1', port, rack: hostile }],
    clusterId: hostile,
    controllerId: 1,
    topics: names.map((name) => ({
      ...{ errorCode: 0, name, topicId: 'AAAAAAAAAAAAAAAAAAAAAQ', isInternal: false },
      partitions: [{ ...partition, offlineReplicas: [] }],
      topicAuthorizedOperations: -2147483648,
    })),
    clusterAuthorizedOperations: -2147483648,
    errorCode: 0,
  };
}
