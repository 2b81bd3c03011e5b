import { CliError } from '../../core/errors.js';
import { byMurmur2, KeyPartitioner } from '../../core/partitioners/key-partitioner.js';
import { StickyPartitioner } from '../../core/partitioners/keyless-partitioners.js';
import type { Partitioner } from '../../core/partitioners/partitioner.js';
import type { LineSpan } from '../../core/record-formats/line-span.js';
import type { RecordRange } from '../../core/record-formats/record-range.js';
import { loadCodec } from '../../protocol/compression/load-codec.js';
import type { Codec } from '../../protocol/compression/codec.js';
import { BatchBuilder } from '../../protocol/records/batch-builder.js';
import { sizeOfSingleRecordBatch } from '../../protocol/records/record-size.js';
import { BrokerError } from '../broker-error.js';
import type { Cluster } from '../cluster.js';
import { BatchMemory } from './batch-memory.js';
import { type Clock, machineClock } from './clock.js';
import { copyRecord } from './copy-record.js';
import { loadMaxMessageBytes, loadTopic } from './load-topic.js';
import { PartitionStream } from './partition-stream.js';
import { ProducerBatch } from './producer-batch.js';
import { lastSequenceOf, newProducerIdentity } from './producer-identity.js';
import type { ProducerReport } from './producer-report.js';
import { type ProducerSettings, resolveProducerSettings } from './producer-settings.js';
import { ProducerTopic } from './producer-topic.js';
import type { Producer } from './producer.js';
import { Sender } from './sender.js';
import type { SenderPort } from './sender-port.js';
import type { ProducerIdentity } from './sequenced-batch.js';
import { Settlement } from './settlement.js';
import { streamWaits } from './stream-waits.js';
import { Transaction } from './transaction.js';

/** The producer on a cluster; made by `openProducer`. */
export class LiveProducer implements Producer {
  fatalError: CliError | undefined;
  private readonly cluster: Cluster;
  private readonly settings: ProducerSettings;
  private readonly clock: Clock;
  private readonly sender: Sender;
  private readonly settlement: Settlement;
  private readonly memory: BatchMemory;
  private readonly transaction: Transaction | undefined;
  private readonly compressed: boolean;
  /** Never aborted: what was taken is delivered also after an interrupt, unless `close` sets a limit. */
  private readonly signal = new AbortController().signal;
  private readonly topics = new Map<string, ProducerTopic>();
  private readonly loading = new Map<string, Promise<void>>();
  private identity: ProducerIdentity | undefined;
  private latest: ProducerTopic | undefined;
  private flushing = 0;
  private isClosed = false;
  private readonly leaveWaits: (() => void) | undefined;

  static async open(cluster: Cluster, given: Partial<ProducerSettings>, clock = machineClock): Promise<LiveProducer> {
    const settings = resolveProducerSettings(given);
    const codec = settings.compression === 'none' ? undefined : await loadCodec(settings.compression);
    const producer = new LiveProducer(cluster, settings, codec, clock);
    await Promise.all([producer.initialize(), ...settings.topics.map((name) => producer.load(name))]);
    return producer;
  }

  private constructor(cluster: Cluster, settings: ProducerSettings, codec: Codec | undefined, clock: Clock) {
    this.clock = clock;
    this.cluster = cluster;
    this.settings = settings;
    this.compressed = codec !== undefined;
    this.settlement = new Settlement(settings, this.clock);
    this.memory = new BatchMemory(settings.bufferMemory, Math.min(settings.batchSize, settings.maxRequestSize));
    this.sender = new Sender(this.senderPort(), settings, codec, this.clock);
    this.leaveWaits = cluster.direct.waits?.add(() => {
      const now = clock.now();
      return [...streamWaits(this.streams(), now), ...this.sender.waits(now)];
    });
    this.transaction = settings.transactionalId === undefined ? undefined : this.newTransaction(settings.transactionalId);
  }

  get transactions(): Transaction {
    if (this.transaction === undefined) throw new CliError('usage', 'transactions need a transactional id');
    return this.transaction;
  }

  append(topic: string, record: RecordRange): Promise<void> | undefined {
    this.requireOpen();
    const known = this.latest?.name === topic ? this.latest : this.topics.get(topic);
    if (known === undefined) return this.appendLater(topic, record);
    this.latest = known;
    const partition = record.partition ?? known.partitioner.choose(record, known.choice);
    const stream = known.streams[partition] ?? this.newStream(known, partition);
    const timestamp = record.timestamp ?? Date.now();
    if (stream.open?.append(record, timestamp) !== true) this.appendToNewBatch(known, stream, record, timestamp);
    this.settlement.add(1);
    return this.settings.sync ? this.sendNow(stream) : this.memory.waitForRoom();
  }

  appendLines(topic: string, lines: LineSpan): Promise<void> | undefined {
    this.requireOpen();
    const known = this.latest?.name === topic ? this.latest : this.topics.get(topic);
    const stretch = this.settings.sync ? undefined : known?.partitioner.stretch?.(known.choice);
    if (known === undefined || stretch === undefined) return undefined;
    const open = known.streams[stretch.partition]?.open;
    if (open === undefined) return undefined;
    const before = open.count;
    // With one partition to choose from, a stretch has no end.
    const bytes = open.appendLines(lines, Date.now(), known.choice.available.length === 1 ? Infinity : stretch.bytes);
    known.partitioner.useStretch?.(bytes);
    this.settlement.add(open.count - before);
    return this.memory.waitForRoom();
  }

  async flush(): Promise<void> {
    await Promise.allSettled(this.loading.values());
    this.flushing++;
    const now = this.clock.now();
    for (const stream of this.streams()) if (stream.open !== undefined) stream.dueAt = now;
    this.sender.pump();
    await this.settlement.settled();
    this.flushing--;
  }

  report(): ProducerReport {
    return this.settlement.report.snapshot();
  }

  async close({ timeoutMs }: { readonly timeoutMs?: number } = {}): Promise<ProducerReport> {
    let cancel = (): void => {};
    if (timeoutMs !== undefined) {
      const message = `not delivered within the ${timeoutMs} ms given for closing`;
      cancel = this.clock.after(timeoutMs, () => this.sender.abandon({ error: 'ABORTED', message }));
    }
    try {
      // A transaction that cannot be aborted now is aborted by its coordinator when it times out; its records are booked.
      await this.transaction?.finish().catch(() => {});
      await this.flush();
    } finally {
      this.isClosed = true;
      cancel();
      this.leaveWaits?.();
      this.sender.stop();
    }
    return this.report();
  }

  private requireOpen(): void {
    if (this.fatalError !== undefined) throw this.fatalError;
    if (this.isClosed) throw new CliError('usage', 'the producer is closed');
    this.transaction?.requireOpen();
  }

  private async initialize(): Promise<void> {
    if (this.transaction !== undefined) this.identity = await this.transaction.initialize();
    else if (this.settings.idempotence)
      this.identity = await newProducerIdentity(this.cluster, this.settings.topics, {
        timeoutMs: this.settings.deliveryTimeoutMs,
      });
  }

  /** Learns a topic once, whoever asks. */
  private load(name: string): Promise<void> {
    const known = this.loading.get(name);
    if (known !== undefined) return known;
    const loading = this.learn(name).finally(() => this.loading.delete(name));
    this.loading.set(name, loading);
    return loading;
  }

  private async learn(name: string): Promise<void> {
    const { deliveryTimeoutMs: timeoutMs, retryBackoffMs: pauseMs, createTopics, partitioner } = this.settings;
    const [found, maxMessageBytes] = await Promise.all([
      loadTopic(this.cluster, name, { timeoutMs, pauseMs, createTopics }),
      loadMaxMessageBytes(this.cluster, name, timeoutMs),
    ]);
    const topic = new ProducerTopic(name, { maxMessageBytes, partitioner: partitioner?.() ?? defaultPartitioner() });
    topic.setLeaders(found.partitions.map(({ leader }) => leader));
    this.topics.set(name, topic);
  }

  private async appendLater(topic: string, record: RecordRange): Promise<void> {
    const copy = copyRecord(record);
    await this.load(topic);
    await this.append(topic, copy);
  }

  private newStream(topic: ProducerTopic, partition: number): PartitionStream {
    const count = topic.leaders.length;
    if (!(Number.isInteger(partition) && partition >= 0 && partition < count)) {
      throw new CliError('input', `topic '${topic.name}' has no partition ${partition} (it has ${count})`);
    }
    const { idempotence: idempotent, maxInFlight, deliveryTimeoutMs, transactionalId } = this.settings;
    const { retryBackoffMs: backoffMs, retryBackoffMaxMs: backoffMaxMs } = this.settings;
    const transactional = transactionalId !== undefined;
    const stream = new PartitionStream(
      topic.name,
      partition,
      { idempotent, transactional, maxInFlight, deliveryTimeoutMs, backoffMs, backoffMaxMs },
      (batch) => this.memory.hold(batch),
    );
    if (this.identity !== undefined) stream.queue.setIdentity(this.identity);
    stream.leader = topic.leaders[partition];
    topic.streams[partition] = stream;
    this.memory.addPartition();
    return stream;
  }

  /** The hot path ends here once per batch: closes the full one and starts the next with this record. */
  private appendToNewBatch(topic: ProducerTopic, stream: PartitionStream, record: RecordRange, timestamp: number | bigint): void {
    const full = stream.seal();
    const now = this.clock.now();
    const origin = { topic: topic.name, partition: stream.partition, firstRecord: stream.nextRecord, createdAt: now };
    const largest = this.largestBatch(topic);
    let batch = new ProducerBatch(origin, this.memory.take(largest));
    if (!batch.append(record, timestamp)) {
      this.memory.release(batch);
      batch = new ProducerBatch(origin, new BatchBuilder(this.sizeAlone(topic, record, largest)));
      batch.append(record, timestamp);
    }
    stream.open = batch;
    stream.dueAt = this.flushing > 0 ? now : now + this.settings.lingerMs;
    this.sender.activate(stream);
    if (full !== undefined) this.sender.pump();
  }

  private largestBatch({ maxMessageBytes = Infinity }: ProducerTopic): number {
    // The topic's limit holds for what arrives; compressed, more may fit than can be told before.
    return this.compressed ? this.settings.maxRequestSize : Math.min(this.settings.maxRequestSize, maxMessageBytes);
  }

  private sizeAlone(topic: ProducerTopic, record: RecordRange, largest: number): number {
    const { keyStart, keyEnd, valueStart, valueEnd, headers = [] } = record;
    const size = sizeOfSingleRecordBatch(
      keyStart < 0 ? -1 : keyEnd - keyStart,
      valueStart < 0 ? -1 : valueEnd - valueStart,
      headers,
    );
    if (size <= largest) return size;
    const isTopics = largest !== this.settings.maxRequestSize;
    const limit = isTopics ? `max.message.bytes of topic '${topic.name}'` : 'max.request.size';
    throw new CliError('input', `the record takes ${size} bytes, more than ${limit} allows (${largest})`);
  }

  private sendNow(stream: PartitionStream): Promise<void> {
    const batch = stream.open;
    if (batch === undefined) return Promise.resolve();
    const outcome = this.settlement.watch(batch);
    stream.seal();
    this.sender.pump();
    return outcome;
  }

  private *streams(): Iterable<PartitionStream> {
    for (const topic of this.topics.values()) for (const stream of topic.streams) if (stream !== undefined) yield stream;
  }

  private fail(error: CliError): void {
    this.fatalError ??= error;
    this.refuseIfFatal();
  }

  /** Ends what waits when the producer can go no further. */
  private refuseIfFatal(): void {
    const error = this.fatalError;
    const name = error instanceof BrokerError ? error.kafkaName : error?.code.toUpperCase();
    this.sender.refuse(error === undefined || name === undefined ? undefined : { error: name, message: error.message });
  }

  private senderPort(): SenderPort {
    const { cluster, settings, signal } = this;
    const limits = { timeoutMs: settings.requestTimeoutMs, signal };
    const long = { timeoutMs: settings.deliveryTimeoutMs, signal };
    return {
      connection: (broker) => cluster.direct.connection(broker, 'produce', limits),
      refreshLeaders: async () => {
        const found = await cluster.direct.topics([...this.topics.keys()], { ...limits, refresh: true });
        for (const topic of this.topics.values()) {
          const metadata = found.get(topic.name);
          if (metadata?.errorCode === 0) topic.setLeaders(metadata.partitions.map(({ leader }) => leader));
        }
      },
      newIdentity: async () => (this.identity = await newProducerIdentity(cluster, this.topics.keys(), long)),
      lastSequence: (stream, identity) => lastSequenceOf(cluster, stream, identity, long),
      admit: (stream) => this.transaction?.admit(stream) ?? true,
      onDone: (batch, outcome) => {
        this.settlement.done(batch, outcome);
        if ('error' in outcome) this.transaction?.recordLost(`${outcome.error}: ${outcome.message}`);
      },
      onReleased: (batch) => this.memory.release(batch),
      onFatal: (error) => this.fail(error),
    };
  }

  private newTransaction(transactionalId: string): Transaction {
    const { transactionTimeoutMs, deliveryTimeoutMs: timeoutMs, retryBackoffMs: pauseMs } = this.settings;
    return new Transaction(
      this.cluster,
      { transactionalId, transactionTimeoutMs, timeoutMs, pauseMs, signal: this.signal },
      {
        flush: () => this.flush(),
        discard: async () => {
          this.sender.refuse({ error: 'ABORTED', message: 'the transaction was aborted' });
          await this.settlement.settled();
          this.refuseIfFatal();
        },
        setIdentity: (identity) => {
          this.identity = identity;
          for (const stream of this.streams()) stream.queue.setIdentity(identity);
        },
        pump: () => this.sender.pump(),
        onFatal: (error) => this.fail(error),
      },
    );
  }
}

/** Java's default: murmur2 of the key, without one a stretch of records at a time. */
function defaultPartitioner(): Partitioner {
  return new KeyPartitioner({ byKey: byMurmur2, keyless: new StickyPartitioner({ random: Math.random }) });
}
