import type { BrokerConnection } from '../../../../src/client/broker-connection.js';
import type { Broker, Cluster, DirectAccess } from '../../../../src/client/cluster.js';
import { ConnectionError } from '../../../../src/client/connection-error.js';
import type { AnswerMemory } from '../../../../src/client/transport.js';
import type { TopicMetadata } from '../../../../src/client/topic-metadata.js';
import { defaultConnectionSettings } from '../../../../src/core/connection-settings.js';
import { errorCode } from '../../../../src/protocol/errors.js';
import type { AnyMessage, RequestBody, ResponseBody } from '../../../../src/protocol/message.js';
import { Fetch } from '../../../../src/protocol/messages/fetch.js';
import { ListOffsets } from '../../../../src/protocol/messages/list-offsets.js';
import { OffsetForLeaderEpoch } from '../../../../src/protocol/messages/offset-for-leader-epoch.js';
import { zeroUuid } from '../../../../src/protocol/primitives.js';
import { FakeLog } from './fake-log.js';

type FetchBody = RequestBody<typeof Fetch>;
type FetchAnswer = ResponseBody<typeof Fetch>;
type PartitionAnswer = FetchAnswer['responses'][number]['partitions'][number];

/** One Fetch that reached a broker. */
export interface FetchCall {
  readonly broker: number;
  readonly body: FetchBody;
}

/**
 * Brokers that keep logs in memory and answer what a fetcher asks, by the broker's own rules: leaders and their epochs are
 * checked, the first batch always comes whole, an empty answer takes a turn of the event loop.
 */
export class FakeBrokers implements Cluster {
  readonly logs = new Map<string, FakeLog>();
  readonly fetches: FetchCall[] = [];
  readonly topicErrors = new Map<string, number>();
  readonly topicIds = new Map<string, string>();
  /** Brokers that cannot be reached. */
  readonly down = new Set<number>();
  /** Brokers whose connection was given up, each time. */
  readonly retired: number[] = [];
  /** Answers to messages that are not about reading, by name, and to Metadata. */
  readonly handlers = new Map<string, (body: never) => unknown>();
  /** What a broker does with an empty answer before it sends it. */
  hold: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve));
  /** Called before each answer to a Fetch; may change the world, throw, or give an answer of its own. */
  onFetch: (call: FetchCall) => FetchAnswer | undefined = () => undefined;
  /** What the way from a broker makes of the records in an answer. */
  onRecords: (records: Buffer) => Buffer = (records) => records;

  add(topic: string, partition: number, log: FakeLog): FakeLog {
    this.logs.set(`${topic}-${partition}`, log);
    return log;
  }

  readonly direct: DirectAccess = {
    settings: { ...defaultConnectionSettings, bootstrap: [] },
    connection: (broker) => {
      if (this.down.has(broker)) return Promise.reject(unreachable(broker));
      const send = async (message: AnyMessage, body: unknown, { memory }: { memory?: AnswerMemory } = {}): Promise<unknown> => {
        const answer = await this.answer(broker, message, body);
        return message === Fetch && memory !== undefined ? received(answer as FetchAnswer, memory) : answer;
      };
      // What the fetcher uses of a connection.
      const transport = { retire: () => this.retired.push(broker) };
      return Promise.resolve({ send, transport } as unknown as BrokerConnection);
    },
    topics: (names) => Promise.resolve(new Map(names.map((name) => [name, this.describe(name)]))),
    coordinator: () => Promise.resolve(1),
  };

  on<M extends AnyMessage>(message: M, handler: (body: RequestBody<M>) => ResponseBody<M> | Promise<ResponseBody<M>>): this {
    this.handlers.set(message.name, handler);
    return this;
  }

  async request<M extends AnyMessage>(message: M, body: RequestBody<M>): Promise<ResponseBody<M>> {
    return (await this.answer(1, message, body)) as ResponseBody<M>; // what handlers of this message give
  }

  brokers(): Promise<readonly Broker[]> {
    return Promise.resolve([]);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  describe(name: string): TopicMetadata {
    const partitions = [...this.logs].flatMap(([key, log]) => {
      const partition = Number(key.slice(name.length + 1));
      if (key !== `${name}-${partition}`) return [];
      const { leader, epoch: leaderEpoch } = log;
      return [{ partition, errorCode: leader === undefined ? 5 : 0, leader, leaderEpoch, replicas: [], isr: [], offline: [] }];
    });
    const unknown = partitions.length === 0 ? errorCode.UNKNOWN_TOPIC_OR_PARTITION : 0;
    return { name, id: this.topicIds.get(name), errorCode: this.topicErrors.get(name) ?? unknown, internal: false, partitions };
  }

  private async answer(broker: number, message: AnyMessage, body: unknown): Promise<unknown> {
    await Promise.resolve();
    // Each body belongs to the message it came with.
    const handler = this.handlers.get(message.name) as ((body: unknown) => unknown) | undefined;
    if (handler !== undefined) return handler(body);
    if (message === Fetch) return this.fetch(broker, body as FetchBody);
    if (message === ListOffsets) return this.listOffsets(body as RequestBody<typeof ListOffsets>);
    if (message === OffsetForLeaderEpoch) return this.epochEnds(body as RequestBody<typeof OffsetForLeaderEpoch>);
    throw new Error(`no answer to ${message.name}`);
  }

  private async fetch(broker: number, body: FetchBody): Promise<FetchAnswer> {
    const call = { broker, body };
    this.fetches.push(call);
    if (this.fetches.length > 10_000) throw new Error('the fetcher asks for ever');
    const own = this.onFetch(call);
    if (this.down.has(broker)) throw unreachable(broker);
    const answer = own ?? this.readAll(broker, body);
    const isEmpty = answer.responses.every(({ partitions }) => partitions.every(({ records }) => (records?.length ?? 0) === 0));
    if (isEmpty) await this.hold();
    return answer;
  }

  private readAll(broker: number, body: FetchBody): FetchAnswer {
    let left = body.maxBytes ?? 0;
    let isFirst = true;
    const responses = body.topics.map(({ topic: asName = '', topicId = zeroUuid, partitions }) => ({
      // A broker answers as it was asked: by the id where there is one.
      topic: topicId === zeroUuid ? asName : '',
      topicId,
      partitions: partitions.map((asked): PartitionAnswer => {
        const topic = topicId === zeroUuid ? asName : [...this.topicIds].find(([, id]) => id === topicId)?.[0];
        if (topic === undefined) return partitionAnswer(asked.partition, { errorCode: errorCode.UNKNOWN_TOPIC_ID });
        const log = this.logs.get(`${topic}-${asked.partition}`);
        if (log === undefined) return partitionAnswer(asked.partition, { errorCode: errorCode.UNKNOWN_TOPIC_OR_PARTITION });
        const code = log.check(broker, asked.fetchOffset, asked.currentLeaderEpoch ?? -1);
        if (code !== 0) return partitionAnswer(asked.partition, { errorCode: code });
        if (log.preferred !== undefined && broker === log.leader) {
          return partitionAnswer(asked.partition, { preferredReadReplica: log.preferred });
        }
        const isCommittedOnly = body.isolationLevel === 1;
        const limit = Math.min(asked.partitionMaxBytes, left);
        const records = this.onRecords(log.read(asked.fetchOffset, { isCommittedOnly, limit, isWholeFirst: isFirst }));
        if (records.length > 0) isFirst = false;
        left = Math.max(0, left - records.length);
        const { highWatermark, lastStableOffset, start: logStartOffset } = log;
        const abortedTransactions = isCommittedOnly ? log.aborted : null;
        return partitionAnswer(asked.partition, { highWatermark, lastStableOffset, logStartOffset, abortedTransactions, records });
      }),
    }));
    return { throttleTimeMs: 0, errorCode: 0, sessionId: 0, responses };
  }

  private listOffsets(body: RequestBody<typeof ListOffsets>): ResponseBody<typeof ListOffsets> {
    const topics = body.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, timestamp }) => {
        const log = this.logs.get(`${name}-${partitionIndex}`);
        const end = body.isolationLevel === 1 ? log?.lastStableOffset : log?.highWatermark;
        const offset = (timestamp === -2n ? log?.start : end) ?? -1n;
        return { partitionIndex, errorCode: log === undefined ? 3 : 0, timestamp: -1n, offset, leaderEpoch: -1 };
      }),
    }));
    return { throttleTimeMs: 0, topics };
  }

  private epochEnds(body: RequestBody<typeof OffsetForLeaderEpoch>): ResponseBody<typeof OffsetForLeaderEpoch> {
    const topics = body.topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition, leaderEpoch }) => {
        const end = this.logs.get(`${topic}-${partition}`)?.epochEnd(leaderEpoch);
        return { partition, errorCode: 0, leaderEpoch: end === undefined ? -1 : leaderEpoch, endOffset: end ?? -1n };
      }),
    }));
    return { throttleTimeMs: 0, topics };
  }
}

/** What a broker says of one partition; whatever is not given is "nothing". */
export function partitionAnswer(partitionIndex: number, rest: Partial<PartitionAnswer>): PartitionAnswer {
  return {
    partitionIndex,
    errorCode: 0,
    highWatermark: -1n,
    lastStableOffset: -1n,
    logStartOffset: -1n,
    divergingEpoch: { epoch: -1, endOffset: -1n },
    currentLeader: { leaderId: -1, leaderEpoch: -1 },
    snapshotId: { endOffset: -1n, epoch: -1 },
    abortedTransactions: null,
    preferredReadReplica: -1,
    records: null,
    ...rest,
  };
}

export function unreachable(broker: number): ConnectionError {
  return new ConnectionError('connection', `lost the connection to broker ${broker}`, { address: `broker-${broker}`, sent: true });
}

/** The answer with its records in the memory that it is to be received in, as a socket leaves it. */
function received(answer: FetchAnswer, memory: AnswerMemory): FetchAnswer {
  const all = answer.responses.flatMap(({ partitions }) => partitions.map(({ records }) => records ?? Buffer.alloc(0)));
  const place = memory.take(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  const move = (records: Buffer | null): Buffer | null => {
    if (records === null || place === undefined) return records;
    const start = at;
    at += records.copy(place, at);
    return place.subarray(start, at);
  };
  const responses = answer.responses.map((topic) => ({
    ...topic,
    partitions: topic.partitions.map((partition) => ({ ...partition, records: move(partition.records) })),
  }));
  memory.arrived();
  return { ...answer, responses };
}
