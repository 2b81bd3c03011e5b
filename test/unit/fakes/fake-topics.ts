import { zeroUuid } from '../../../src/protocol/primitives.js';
import { CreatePartitions } from '../../../src/protocol/messages/create-partitions.js';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.js';
import { DeleteTopics } from '../../../src/protocol/messages/delete-topics.js';
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.js';
import { DescribeTopicPartitions } from '../../../src/protocol/messages/describe-topic-partitions.js';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.js';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.js';
import { ListPartitionReassignments } from '../../../src/protocol/messages/list-partition-reassignments.js';
import { Metadata } from '../../../src/protocol/messages/metadata.js';
import { FakeCluster } from './fake-cluster.js';

/** One partition of the small world; everything has a healthy default. */
export interface FakePartition {
  readonly leader?: number | null;
  readonly replicas?: readonly number[];
  readonly isr?: readonly number[];
  readonly start?: bigint;
  readonly end?: bigint;
  readonly elr?: readonly number[] | null;
  readonly adding?: readonly number[];
}

export interface FakeTopic {
  readonly partitions?: readonly FakePartition[];
  readonly internal?: boolean;
  /** Overrides of the topic, on top of the two settings that every fake topic has. */
  readonly configs?: Readonly<Record<string, string>>;
  /** Error code of the topic in metadata. */
  readonly errorCode?: number;
}

/** An error that one topic gets for one kind of request. */
export interface FakeFailure {
  readonly code: number;
  readonly message?: string;
  /** Only real requests fail, the broker's check passes. */
  readonly afterCheck?: boolean;
}

type Change = 'create' | 'partitions' | 'configs' | 'delete';

const defaults: Readonly<Record<string, string>> = {
  'cleanup.policy': 'delete',
  'min.insync.replicas': '1',
  'retention.ms': '604800000',
};
const sourceTopic = 1;
const sourceDefault = 5;
const noError = { errorCode: 0, errorMessage: null };

/** A cluster with three brokers and topics, which answers what the topic commands ask; change one fact, assert one outcome. */
export class FakeTopics extends FakeCluster {
  readonly topics = new Map<string, FakeTopic>();
  private readonly failures = new Map<string, FakeFailure>();

  constructor(topics: Readonly<Record<string, FakeTopic>> = {}) {
    super(1, 2, 3);
    for (const [name, topic] of Object.entries(topics)) this.topics.set(name, topic);
    this.answerReads();
    this.answerChanges();
  }

  /** Lets a change of one topic fail. */
  fail(change: Change, topic: string, failure: FakeFailure): this {
    this.failures.set(`${change} ${topic}`, failure);
    return this;
  }

  private outcome(change: Change, topic: string, validateOnly: boolean): { errorCode: number; errorMessage: string | null } {
    const failure = this.failures.get(`${change} ${topic}`);
    if (failure === undefined || (validateOnly && failure.afterCheck === true)) return noError;
    return { errorCode: failure.code, errorMessage: failure.message ?? null };
  }

  private partitionsOf(name: string): readonly Required<FakePartition>[] {
    return (this.topics.get(name)?.partitions ?? [{}]).map((partition) => {
      const { leader = 1, replicas = [1, 2, 3], isr = replicas, start = 0n, end = 0n, elr = null, adding = [] } = partition;
      return { leader, replicas, isr, start, end, elr, adding };
    });
  }

  private answerReads(): void {
    this.answer(Metadata, ({ topics }) => {
      const names = topics === null ? [...this.topics.keys()] : topics.map(({ name }) => name ?? '');
      return {
        throttleTimeMs: 0,
        brokers: this.live.map(({ id, host, port, rack }) => ({ nodeId: id, host, port, rack })),
        clusterId: 'fake',
        controllerId: 1,
        clusterAuthorizedOperations: 0,
        errorCode: 0,
        topics: names.map((name) => this.metadataOf(name)),
      };
    });
    this.answer(DescribeTopicPartitions, ({ topics }) => ({
      throttleTimeMs: 0,
      nextCursor: null,
      topics: topics.map(({ name }) => {
        const { partitions, ...rest } = this.metadataOf(name);
        const elrs = this.partitionsOf(name).map(({ elr }) => elr);
        return {
          ...rest,
          partitions: partitions.map((partition, index) => ({
            ...partition,
            eligibleLeaderReplicas: elrs[index] ?? null,
            lastKnownElr: elrs[index] === null ? null : [],
          })),
        };
      }),
    }));
    this.answer(ListPartitionReassignments, () => ({
      throttleTimeMs: 0,
      ...noError,
      topics: [...this.topics.keys()].map((name) => ({
        name,
        partitions: this.partitionsOf(name)
          .map(({ replicas, adding }, index) => ({ partitionIndex: index, replicas, addingReplicas: adding, removingReplicas: [] }))
          .filter(({ addingReplicas }) => addingReplicas.length > 0),
      })),
    }));
    this.answer(DescribeConfigs, ({ resources }) => ({
      throttleTimeMs: 0,
      results: resources.map(({ resourceType, resourceName }) => ({
        ...noError,
        resourceType,
        resourceName,
        configs: this.configsOf(resourceName),
      })),
    }));
    this.answer(ListOffsets, ({ topics }) => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex, timestamp }) => {
          const { start = 0n, end = 0n } = this.partitionsOf(name)[partitionIndex] ?? {};
          return { partitionIndex, errorCode: 0, timestamp: -1n, offset: timestamp === -2n ? start : end, leaderEpoch: 0 };
        }),
      })),
    }));
  }

  private metadataOf(name: string) {
    const topic = this.topics.get(name);
    return {
      errorCode: topic === undefined ? 3 : (topic.errorCode ?? 0),
      name,
      topicId: topic === undefined ? zeroUuid : `id-of-${name}`,
      isInternal: topic?.internal ?? false,
      topicAuthorizedOperations: 0,
      partitions: (topic === undefined ? [] : this.partitionsOf(name)).map(({ leader, replicas, isr }, index) => ({
        errorCode: leader === null ? 5 : 0,
        partitionIndex: index,
        leaderId: leader ?? -1,
        leaderEpoch: 7,
        replicaNodes: replicas,
        isrNodes: isr,
        offlineReplicas: [],
      })),
    };
  }

  private configsOf(name: string) {
    const own = this.topics.get(name)?.configs ?? {};
    return Object.keys({ ...defaults, ...own }).map((key) => {
      const inherited = { name: key, value: defaults[key] ?? null, source: sourceDefault };
      const value = own[key];
      return {
        name: key,
        value: value ?? inherited.value,
        readOnly: false,
        configSource: value === undefined ? sourceDefault : sourceTopic,
        isSensitive: false,
        synonyms: [...(value === undefined ? [] : [{ name: key, value, source: sourceTopic }]), inherited],
        configType: 0,
        documentation: null,
      };
    });
  }

  private answerChanges(): void {
    this.answer(CreateTopics, ({ topics, validateOnly = false }) => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name, numPartitions, replicationFactor }) => {
        const outcome = this.topics.has(name)
          ? { errorCode: 36, errorMessage: `Topic '${name}' already exists.` }
          : this.outcome('create', name, validateOnly);
        if (outcome.errorCode === 0 && !validateOnly) this.topics.set(name, {});
        return {
          name,
          topicId: outcome.errorCode === 0 && !validateOnly ? `id-of-${name}` : zeroUuid,
          ...outcome,
          topicConfigErrorCode: 0,
          numPartitions: outcome.errorCode === 0 ? Math.max(numPartitions, 1) : -1,
          replicationFactor: outcome.errorCode === 0 ? Math.max(replicationFactor, 1) : -1,
          configs: [],
        };
      }),
    }));
    this.answer(CreatePartitions, ({ topics, validateOnly }) => ({
      throttleTimeMs: 0,
      results: topics.map(({ name }) => ({ name, ...this.outcome('partitions', name, validateOnly) })),
    }));
    this.answer(IncrementalAlterConfigs, ({ resources, validateOnly }) => ({
      throttleTimeMs: 0,
      responses: resources.map(({ resourceType, resourceName }) => ({
        resourceType,
        resourceName,
        ...this.outcome('configs', resourceName, validateOnly),
      })),
    }));
    this.answer(DeleteTopics, ({ topics = [] }) => ({
      throttleTimeMs: 0,
      responses: topics.map(({ name = null }) => ({
        name,
        topicId: zeroUuid,
        ...this.outcome('delete', name ?? '', false),
      })),
    }));
  }
}
