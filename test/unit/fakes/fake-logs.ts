import { errorCode } from '../../../src/protocol/errors.js';
import { DeleteRecords } from '../../../src/protocol/messages/delete-records.js';
import { DescribeCluster } from '../../../src/protocol/messages/describe-cluster.js';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.js';
import { FakeTopics, type FakeTopic } from './fake-topics.js';

interface Log {
  start: bigint;
  readonly end: bigint;
  readonly isLed: boolean;
}

/**
 * A cluster called `fake` whose partitions hold the offsets from `start` up to `end`, the record at offset N with timestamp N * 10,
 * and which deletes records as Kafka does.
 */
export class FakeLogs extends FakeTopics {
  readonly logs = new Map<string, Log>();
  /** Codes that DeleteRecords answers with, by `topic partition`. */
  readonly cutErrors = new Map<string, number>();
  /** Called before each partition is cut. */
  onCut: () => void = () => {};

  constructor(topics: Readonly<Record<string, FakeTopic>>) {
    super(topics);
    for (const [name, { partitions = [{}] }] of Object.entries(topics)) {
      for (const [index, { start = 0n, end = 0n, leader }] of partitions.entries())
        this.logs.set(`${name} ${index}`, { start, end, isLed: leader !== null });
    }
    this.answer(DescribeCluster, () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      endpointType: 1,
      clusterId: 'fake',
      controllerId: 1,
      brokers: [],
      clusterAuthorizedOperations: 0,
    }));
    this.answer(ListOffsets, ({ topics: asked }) => ({
      throttleTimeMs: 0,
      topics: asked.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex, timestamp }) => ({
          partitionIndex,
          ...this.find(name, partitionIndex, timestamp),
        })),
      })),
    }));
    this.answer(DeleteRecords, ({ topics: asked }) => ({
      throttleTimeMs: 0,
      topics: asked.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex, offset }) => ({ partitionIndex, ...this.cut(name, partitionIndex, offset) })),
      })),
    }));
  }

  private find(topic: string, partition: number, time: bigint) {
    const log = this.logs.get(`${topic} ${partition}`);
    const nothing = { errorCode: 0, timestamp: -1n, offset: -1n, leaderEpoch: -1 };
    if (log === undefined) return { ...nothing, errorCode: errorCode.UNKNOWN_TOPIC_OR_PARTITION };
    if (!log.isLed) return { ...nothing, errorCode: errorCode.LEADER_NOT_AVAILABLE };
    const { start, end } = log;
    if (time === -1n) return { ...nothing, offset: end, leaderEpoch: 7 };
    if (time === -2n) return { ...nothing, offset: start, leaderEpoch: 7 };
    const wanted = time === -3n ? end - 1n : (time + 9n) / 10n;
    const offset = wanted < start ? start : wanted;
    return offset >= end ? nothing : { errorCode: 0, timestamp: offset * 10n, offset, leaderEpoch: 7 };
  }

  private cut(topic: string, partition: number, offset: bigint) {
    this.onCut();
    const log = this.logs.get(`${topic} ${partition}`);
    const code = this.cutErrors.get(`${topic} ${partition}`);
    if (log === undefined || code !== undefined)
      return { errorCode: code ?? errorCode.UNKNOWN_TOPIC_OR_PARTITION, lowWatermark: -1n };
    if (offset > log.start) log.start = offset;
    return { errorCode: 0, lowWatermark: log.start };
  }
}
