import type { BrokerConnection } from '../../../../src/client/broker-connection.js';
import type { Cluster } from '../../../../src/client/cluster.js';
import { ConnectionError } from '../../../../src/client/connection-error.js';
import type { TopicMetadata } from '../../../../src/client/topic-metadata.js';
import { CliError } from '../../../../src/core/errors.js';
import type { Exchange } from '../../../../src/client/transport.js';
import { decodeRequest, encodeResponse } from '../../../../src/protocol/frame.js';
import type { AnyMessage } from '../../../../src/protocol/message.js';
import { Produce } from '../../../../src/protocol/messages/produce.js';
import type { Codec } from '../../../../src/protocol/compression/codec.js';
import { BatchReader } from '../../../../src/protocol/records/batch-reader.js';
import { decodeRecords } from '../../../../src/protocol/records/decode-records.js';
import { FakePartition } from './fake-partition.js';

/** What a leader does with a batch instead of appending it; `late` appends it and answers with the code all the same. */
export interface Fault {
  readonly code: number;
  readonly late?: boolean;
  readonly message?: string;
  readonly recordErrors?: readonly { batchIndex: number; batchIndexErrorMessage: string | null }[];
}

interface Pending {
  readonly broker: number;
  readonly connection: FakeConnection;
  readonly exchange: Exchange;
  readonly buffers: readonly Uint8Array[];
  bytes: Buffer | undefined;
  resolve(frame: Buffer): void;
  reject(error: Error): void;
}

interface FakeConnection {
  closed: boolean;
}

export interface FakePartitionState {
  readonly partition: FakePartition<string>;
  leader: number | undefined;
  maxBytes: number;
}

/** Brokers in memory that speak Produce by its bytes, one request after the other, each only when the test says so. */
export class FakeCluster implements Pick<Cluster, 'request' | 'direct'> {
  readonly partitions = new Map<string, FakePartitionState>();
  readonly requests: { name: string; body: unknown }[] = [];
  /** Answers to messages other than the ones known here. */
  readonly answers = new Map<string, (body: never) => unknown>();
  readonly down = new Set<number>();
  codec: Codec | undefined;
  maxMessageBytes = 1_000_012;
  produceVersion = 11;
  /** How many of the next answers are cut short on their way. */
  unreadable = 0;
  /** What negotiating the version of Produce ends with. */
  versionError: Error | undefined;
  private readonly written: Pending[] = [];
  private readonly flushed: Pending[] = [];
  private readonly answered: { pending: Pending; frame: Buffer }[] = [];
  private readonly open = new Map<number, FakeConnection>();
  private producerIds = 1000n;

  constructor(topics: Readonly<Record<string, number>>) {
    for (const [topic, count] of Object.entries(topics)) {
      for (let partition = 0; partition < count; partition++) {
        const state = { partition: new FakePartition<string>(), leader: partition % 2, maxBytes: Infinity };
        this.partitions.set(`${topic} ${partition}`, state);
      }
    }
  }

  get asCluster(): Cluster {
    return this as unknown as Cluster; // the producer uses no more of it
  }

  state(topic: string, partition: number): FakePartitionState {
    const state = this.partitions.get(`${topic} ${partition}`);
    if (state === undefined) throw new Error(`no partition ${topic} ${partition}`);
    return state;
  }

  log(topic: string, partition: number): readonly string[] {
    return this.state(topic, partition).partition.log;
  }

  /** Requests on their way. */
  get pendingCount(): number {
    return this.written.length + this.flushed.length + this.answered.length;
  }

  request = (message: AnyMessage, body: unknown): Promise<never> => {
    this.requests.push({ name: message.name, body });
    const known = this.answers.get(message.name) ?? this.defaultAnswer(message.name);
    return Promise.resolve(known(body as never) as never); // the test's answers fit its messages
  };

  direct = {
    connection: (broker: number): Promise<BrokerConnection> => {
      if (this.down.has(broker)) {
        const options = { address: `broker-${broker}:9092`, sent: false };
        return Promise.reject(
          new ConnectionError('connection', `cannot connect to broker-${broker}:9092: connection refused`, options),
        );
      }
      return Promise.resolve(this.connect(broker));
    },
    topics: (names: readonly string[]): Promise<ReadonlyMap<string, TopicMetadata>> =>
      Promise.resolve(new Map(names.map((name) => [name, this.metadata(name)]))),
    coordinator: (): Promise<number> => Promise.resolve(0),
  } as unknown as Cluster['direct'];

  /** The socket takes the oldest request that it has not taken yet. */
  flush(): void {
    const pending = this.written.shift();
    if (pending === undefined) return;
    // Only now: a buffer that was used again too early shows.
    pending.bytes = Buffer.concat(pending.buffers);
    pending.exchange.onFlushed?.();
    if (pending.exchange.answered === false) {
      this.handle(pending, {});
      pending.resolve(Buffer.alloc(0));
    } else this.flushed.push(pending);
  }

  /** A broker handles its oldest request; `faults` by partition key. */
  process(faults: (key: string) => Fault | undefined = () => undefined): void {
    const pending = this.flushed.shift();
    if (pending === undefined) return;
    this.answered.push({ pending, frame: this.handle(pending, { faults }) });
  }

  /** The oldest answer arrives. */
  deliver(): void {
    const answer = this.answered.shift();
    const end = this.unreadable > 0 ? 6 : undefined;
    if (answer !== undefined && this.unreadable > 0) this.unreadable--;
    answer?.pending.resolve(answer.frame.subarray(0, end));
  }

  /** The connection to a broker breaks after the broker has handled `handled` more requests; no more answers arrive. */
  breakConnection(broker: number, handled: number, cause?: Error): void {
    for (let index = 0; index < handled; index++) {
      const at = this.flushed.findIndex((pending) => pending.broker === broker);
      const [pending] = at < 0 ? [] : this.flushed.splice(at, 1);
      if (pending !== undefined) this.answered.push({ pending, frame: this.handle(pending, {}) });
    }
    const connection = this.open.get(broker);
    if (connection !== undefined) connection.closed = true;
    this.open.delete(broker);
    const isLost = (pending: Pending): boolean => pending.broker === broker;
    for (const { pending } of takeOut(this.answered, (answer) => isLost(answer.pending))) this.lose(pending, cause);
    for (const pending of takeOut(this.flushed, isLost)) this.lose(pending, cause);
    for (const pending of takeOut(this.written, isLost)) {
      pending.exchange.onFlushed?.();
      this.lose(pending, cause);
    }
  }

  private lose(pending: Pending, cause: Error | undefined): void {
    const options = { address: `broker-${pending.broker}:9092`, sent: true };
    pending.reject(cause ?? new ConnectionError('connection', `lost the connection to broker-${pending.broker}:9092`, options));
  }

  private connect(broker: number): BrokerConnection {
    const destroy = (cause: Error = new CliError('aborted', 'the connection was closed')): void =>
      this.breakConnection(broker, 0, cause);
    const transport = { closed: false, address: `broker-${broker}:9092`, destroy };
    this.open.set(broker, transport);
    let correlationId = 0;
    const connection = {
      transport,
      clientId: 'test',
      expired: false,
      version: () => {
        if (this.versionError !== undefined) throw this.versionError;
        return this.produceVersion;
      },
      exchange: (exchange: Exchange) =>
        new Promise<Buffer>((resolve, reject) => {
          const buffers = exchange.encode(correlationId++);
          this.written.push({ broker, connection: transport, exchange, buffers, bytes: undefined, resolve, reject });
        }),
    };
    return connection as unknown as BrokerConnection; // the sender uses no more of it
  }

  private handle({ bytes, broker }: Pending, { faults }: { faults?: (key: string) => Fault | undefined }): Buffer {
    if (bytes === undefined) throw new Error('a request was handled before it was written');
    expectSize(bytes);
    const { body, correlationId } = decodeRequest(Produce, bytes.subarray(4));
    const responses = body.topicData.map(({ name, partitionData }) => ({
      name,
      partitionResponses: partitionData.map(({ index, records }) =>
        this.append(broker, `${name} ${index}`, index, records, faults),
      ),
    }));
    return encodeResponse(Produce, this.produceVersion, correlationId, { responses }).subarray(4);
  }

  private append(
    broker: number,
    key: string,
    index: number,
    records: Uint8Array | null,
    faults?: (key: string) => Fault | undefined,
  ): { index: number; errorCode: number; baseOffset: bigint; errorMessage?: string; recordErrors: readonly unknown[] } {
    const state = this.partitions.get(key);
    const refused = (code: number, fault?: Fault): ReturnType<FakeCluster['append']> => ({
      index,
      errorCode: code,
      baseOffset: -1n,
      ...(fault?.message === undefined ? {} : { errorMessage: fault.message }),
      recordErrors: fault?.recordErrors ?? [],
    });
    if (state === undefined || records === null) return refused(3);
    if (state.leader !== broker) return refused(6);
    const fault = faults?.(key);
    if (fault !== undefined && fault.late !== true) return refused(fault.code, fault);
    if (records.length > state.maxBytes) return refused(10);
    const offset = BigInt(state.partition.log.length);
    const code = this.write(state.partition, Buffer.from(records));
    if (code !== 0) return refused(code);
    return fault === undefined ? { ...refused(0), baseOffset: offset } : refused(fault.code, fault);
  }

  private write(partition: FakePartition<string>, bytes: Buffer): number {
    const reader = new BatchReader(bytes);
    if (!reader.next()) throw new Error('no batch');
    const { producerId, producerEpoch: epoch, baseSequence } = reader.batch;
    const identity = producerId < 0n ? undefined : { producerId, epoch };
    const values = decodeRecords(bytes, { codec: this.codec }).map((record) => record.value?.toString() ?? 'null');
    if (reader.next()) throw new Error('more than one batch');
    return partition.append(identity, baseSequence, values);
  }

  private metadata(name: string): TopicMetadata {
    const partitions = [...this.partitions]
      .filter(([key]) => key.startsWith(`${name} `))
      .map(([key, { leader }]) => ({
        partition: Number(key.slice(name.length + 1)),
        errorCode: 0,
        leader,
        leaderEpoch: 1,
        replicas: [0, 1],
        isr: [0, 1],
        offline: [],
      }));
    return { name, id: undefined, errorCode: partitions.length === 0 ? 3 : 0, internal: false, partitions };
  }

  private defaultAnswer(name: string): (body: never) => unknown {
    switch (name) {
      case 'InitProducerId':
        return () => ({ errorCode: 0, producerId: ++this.producerIds, producerEpoch: 0 });
      case 'DescribeConfigs':
        return () => ({ results: [{ configs: [{ name: 'max.message.bytes', value: String(this.maxMessageBytes) }] }] });
      case 'DescribeProducers':
        return (body: { topics: { name: string; partitionIndexes: number[] }[] }) => this.describeProducers(body);
      default:
        throw new Error(`nobody answers ${name}`);
    }
  }

  private describeProducers({ topics }: { topics: { name: string; partitionIndexes: number[] }[] }): unknown {
    const [topic] = topics;
    const partition = topic?.partitionIndexes[0] ?? 0;
    const state = this.state(topic?.name ?? '', partition);
    const activeProducers = [...state.partition.producers()].map(({ producerId, epoch, lastSequence }) => {
      return { producerId, producerEpoch: epoch, lastSequence };
    });
    return { topics: [{ name: topic?.name, partitions: [{ partitionIndex: partition, errorCode: 0, activeProducers }] }] };
  }
}

function takeOut<T>(list: T[], isWanted: (item: T) => boolean): T[] {
  const wanted = list.filter(isWanted);
  for (const item of wanted) list.splice(list.indexOf(item), 1);
  return wanted;
}

function expectSize(bytes: Buffer): void {
  if (bytes.readInt32BE(0) !== bytes.length - 4) throw new Error('a request does not have the size it says');
}
