import { CliError } from '../../core/errors.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import { AddOffsetsToTxn } from '../../protocol/messages/add-offsets-to-txn.js';
import { AddPartitionsToTxn } from '../../protocol/messages/add-partitions-to-txn.js';
import { EndTxn } from '../../protocol/messages/end-txn.js';
import { InitProducerId } from '../../protocol/messages/init-producer-id.js';
import { TxnOffsetCommit } from '../../protocol/messages/txn-offset-commit.js';
import { sleep } from '../../timers/timers.js';
import { brokerError, lookupRight } from '../broker-error.js';
import type { Cluster, Limits } from '../cluster.js';
import { byTopic } from '../by-topic.js';
import { offsetTopics, type OffsetToCommit } from '../offset-topics.js';
import type { PartitionStream } from './partition-stream.js';
import type { ProducerIdentity } from './sequenced-batch.js';

/** The consumer group whose offsets a transaction commits; member and generation fence a member that was replaced (KIP-447). */
export interface TransactionGroup {
  readonly groupId: string;
  readonly generationId?: number;
  readonly memberId?: string;
  readonly groupInstanceId?: string | null;
}

/**
 * - `idle`: between transactions. `open`: records may be sent. `ending`: commit or abort is under way.
 * - `failed`: something in the transaction is lost, only an abort helps. `dead`: the id belongs to somebody else now.
 */
type TransactionState = 'idle' | 'open' | 'ending' | 'failed' | 'dead';

export interface TransactionSettings {
  readonly transactionalId: string;
  readonly transactionTimeoutMs: number;
  readonly timeoutMs: number;
  readonly pauseMs: number;
  /** Of everything but the start: a transaction must be ended also after an interrupt. */
  readonly signal: AbortSignal;
}

/** What a transaction asks of its producer. */
export interface TransactionPort {
  flush(): Promise<void>;
  /** Ends every record that waits, and returns when none is in flight. */
  discard(): Promise<void>;
  /** New sequences for all partitions. */
  setIdentity(identity: ProducerIdentity): void;
  /** Partitions may have become part of the transaction. */
  pump(): void;
  onFatal(error: CliError): void;
}

const fencedCodes: ReadonlySet<number> = new Set([
  errorCode.PRODUCER_FENCED,
  errorCode.INVALID_PRODUCER_EPOCH,
  errorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  errorCode.INVALID_TXN_STATE,
]);

/** The transactional side of a producer: which partitions take part, and how a transaction ends (KIP-98, KIP-360, KIP-447). */
export class Transaction {
  private readonly cluster: Cluster;
  private readonly settings: TransactionSettings;
  private readonly port: TransactionPort;
  private state: TransactionState = 'idle';
  private failure: CliError | undefined;
  private identity: ProducerIdentity | undefined;
  private hasContent = false;
  private readonly members = new Set<PartitionStream>();
  private toAdd = new Set<PartitionStream>();
  private isAdding = false;

  constructor(cluster: Cluster, settings: TransactionSettings, port: TransactionPort) {
    this.cluster = cluster;
    this.settings = settings;
    this.port = port;
  }

  /** Takes the transactional id over: an open transaction of an earlier owner is aborted, and the owner fenced. */
  async initialize(): Promise<ProducerIdentity> {
    const { transactionalId, transactionTimeoutMs, timeoutMs } = this.settings;
    const body = { transactionalId, transactionTimeoutMs, ...(await this.resumable()) };
    const limits = this.identity === undefined ? { timeoutMs } : this.limits;
    const answer = await this.cluster.request(InitProducerId, body, limits);
    if (answer.errorCode !== 0) throw this.error(answer.errorCode, `cannot start transactional id '${transactionalId}'`);
    this.identity = { producerId: answer.producerId, epoch: answer.producerEpoch };
    return this.identity;
  }

  /** Whether batches of the partition may be sent; makes it part of the transaction if it is not yet. */
  admit(stream: PartitionStream): boolean {
    if (this.members.has(stream)) return this.state === 'open' || this.state === 'ending';
    if (this.state !== 'open' && this.state !== 'ending') return false;
    this.toAdd.add(stream);
    if (!this.isAdding) void this.addPartitions();
    return false;
  }

  /** @throws CliError when no transaction is open */
  requireOpen(): void {
    if (this.state === 'open') return;
    throw this.failure ?? new CliError('usage', 'records of a transactional producer belong between begin and commit');
  }

  /** A batch of the transaction is lost. */
  recordLost(message: string): void {
    if (this.state !== 'open' && this.state !== 'ending') return;
    this.failure ??= new CliError('broker', `the transaction cannot be committed: ${message}`);
    this.state = 'failed';
    // Nothing of this transaction counts any more, so nothing may wait for its turn.
    void this.port.discard();
  }

  begin(): void {
    if (this.state === 'dead' && this.failure !== undefined) throw this.failure;
    if (this.state !== 'idle') throw new CliError('usage', 'a transaction is open already: commit or abort it first');
    this.state = 'open';
    this.failure = undefined;
    this.hasContent = false;
  }

  /** Aborts a transaction that is still open when the producer closes. */
  async finish(): Promise<void> {
    if (this.state !== 'idle' && this.state !== 'dead') await this.abort();
  }

  async commit(): Promise<void> {
    this.requireOpen();
    this.state = 'ending';
    await this.port.flush();
    if (this.failure !== undefined) throw this.failure;
    await this.end(true);
  }

  async abort(): Promise<void> {
    if (this.state === 'dead' && this.failure !== undefined) throw this.failure;
    if (this.state === 'idle') throw new CliError('usage', 'no transaction is open');
    this.state = 'failed';
    this.failure ??= new CliError('aborted', 'the transaction was aborted');
    await this.port.discard();
    await this.end(false);
    // Sequences of lost batches are missing now; a new epoch starts them all over, and fences what may still be under way.
    this.port.setIdentity(await this.initialize());
  }

  async sendOffsets(group: TransactionGroup, offsets: readonly OffsetToCommit[]): Promise<void> {
    this.requireOpen();
    if (offsets.length === 0) return;
    try {
      await this.commitOffsets(group, offsets);
    } catch (error) {
      // Also when nobody answered: a commit without these offsets would not be what was asked for.
      this.recordLost(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  private async commitOffsets(group: TransactionGroup, offsets: readonly OffsetToCommit[]): Promise<void> {
    const { transactionalId } = this.settings;
    const { groupId } = group;
    await this.repeat(async () => {
      const answer = await this.cluster.request(AddOffsetsToTxn, { transactionalId, ...this.owner(), groupId }, this.limits);
      return [answer.errorCode];
    }, `cannot add the offsets of group '${groupId}' to the transaction`);
    this.hasContent = true;
    const body = { transactionalId, ...this.owner(), ...group, topics: offsetTopics(offsets) };
    await this.repeat(async () => {
      const answer = await this.cluster.request(TxnOffsetCommit, body, this.limits);
      return answer.topics.flatMap(({ partitions }) => partitions.map((partition) => partition.errorCode));
    }, `cannot commit offsets of group '${groupId}' in the transaction`);
  }

  private async addPartitions(): Promise<void> {
    this.isAdding = true;
    // Streams that ask in the same turn go together.
    await Promise.resolve();
    const streams = [...this.toAdd];
    this.toAdd = new Set();
    try {
      await this.repeat(() => this.requestPartitions(streams), 'cannot add partitions to the transaction');
      for (const stream of streams) this.members.add(stream);
      this.hasContent = true;
    } catch (error) {
      this.recordLost(error instanceof Error ? error.message : String(error));
    } finally {
      this.isAdding = false;
      this.port.pump();
    }
  }

  private async requestPartitions(streams: readonly PartitionStream[]): Promise<number[]> {
    const { producerId, producerEpoch } = this.owner();
    const topics = byTopic(streams);
    const body = {
      v3AndBelowTransactionalId: this.settings.transactionalId,
      v3AndBelowProducerId: producerId,
      v3AndBelowProducerEpoch: producerEpoch,
      v3AndBelowTopics: [...topics].map(([name, members]) => ({ name, partitions: members.map(({ partition }) => partition) })),
    };
    const answer = await this.cluster.request(AddPartitionsToTxn, body, this.limits);
    const results = answer.resultsByTopicV3AndBelow.flatMap(({ resultsByPartition }) => resultsByPartition);
    return results.map(({ partitionErrorCode }) => partitionErrorCode);
  }

  private async end(committed: boolean): Promise<void> {
    const verb = committed ? 'commit' : 'abort';
    if (this.hasContent) {
      const { transactionalId } = this.settings;
      const answer = await this.cluster.request(EndTxn, { transactionalId, ...this.owner(), committed }, this.limits);
      // The coordinator may have forgotten the id, and with it the transaction: what an abort wants.
      const isGone = !committed && answer.errorCode === errorCode.INVALID_PRODUCER_ID_MAPPING;
      if (answer.errorCode !== 0 && !isGone) throw this.fail(answer.errorCode, `cannot ${verb} the transaction`);
    }
    this.members.clear();
    this.state = 'idle';
    this.failure = undefined;
  }

  /** Asks again while an answer says so: the previous transaction may still be completing. */
  private async repeat(ask: () => Promise<readonly number[]>, what: string): Promise<void> {
    const deadline = performance.now() + this.settings.timeoutMs;
    for (;;) {
      const codes = (await ask()).filter((code) => code !== 0);
      const final = codes.find((code) => !kafkaError(code).retriable);
      const [first] = codes;
      if (first === undefined) return;
      if (final !== undefined || performance.now() >= deadline) throw this.fail(final ?? first, what);
      await sleep(Math.min(this.settings.pauseMs, deadline - performance.now()), this.settings.signal);
    }
  }

  private fail(code: number, what: string): CliError {
    const error = this.error(code, what);
    if (fencedCodes.has(code)) {
      this.state = 'dead';
      this.failure = error;
      this.port.onFatal(error);
    } else this.recordLost(error.message);
    return error;
  }

  private error(code: number, what: string): CliError {
    const isFenced = code === errorCode.PRODUCER_FENCED || code === errorCode.INVALID_PRODUCER_EPOCH;
    const reason = 'another producer has taken over the transactional id';
    const error = brokerError(isFenced ? errorCode.PRODUCER_FENCED : code, isFenced ? reason : null, what);
    return lookupRight(error, this.settings.transactionalId);
  }

  private get limits(): Limits {
    const { timeoutMs, signal } = this.settings;
    return { timeoutMs, signal };
  }

  private owner(): { producerId: bigint; producerEpoch: number } {
    if (this.identity === undefined) throw new Error('a transaction before its producer id');
    return { producerId: this.identity.producerId, producerEpoch: this.identity.epoch };
  }

  /** Our own id and epoch, so that the coordinator can tell us from a newer owner; before version 3 (KIP-360) it takes none. */
  private async resumable(): Promise<{ producerId?: bigint; producerEpoch?: number }> {
    if (this.identity === undefined) return {};
    const { direct } = this.cluster;
    const broker = await direct.coordinator('transaction', this.settings.transactionalId, this.limits);
    const connection = await direct.connection(broker, 'control', this.limits);
    return connection.version(InitProducerId) < 3 ? {} : this.owner();
  }
}
