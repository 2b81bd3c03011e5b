import { PartitionQueue, type PartitionQueueSettings } from './partition-queue.js';
import type { ProducerBatch } from './producer-batch.js';

/** One partition as the producer sees it: the batch being filled, the queue behind it, and where its leader is. */
export class PartitionStream {
  readonly topic: string;
  readonly partition: number;
  readonly queue: PartitionQueue<ProducerBatch>;
  /** Node id; undefined while there is none, or none is known. */
  leader: number | undefined;
  /** The batch that takes records. */
  open: ProducerBatch | undefined;
  /** When the open batch is to be sent, full or not. */
  dueAt = Infinity;
  /** Why the last attempt failed, for the message when time runs out. */
  lastError: string | undefined;
  /** The error that the leader answered last, until it takes a batch. */
  refusedWith: string | undefined;
  /** The question which batches the leader holds is under way. */
  isProving = false;
  private records = 0;
  private readonly onSealed: (batch: ProducerBatch) => void;

  constructor(topic: string, partition: number, settings: PartitionQueueSettings, onSealed: (batch: ProducerBatch) => void) {
    this.topic = topic;
    this.partition = partition;
    this.queue = new PartitionQueue(settings);
    this.onSealed = onSealed;
  }

  /** Records appended in sealed batches so far; orders the next batch. */
  get nextRecord(): number {
    return this.records;
  }

  get hasWork(): boolean {
    return this.open !== undefined || this.queue.waitingCount > 0;
  }

  /** Closes the open batch and queues it. */
  seal(): ProducerBatch | undefined {
    const batch = this.open;
    if (batch === undefined) return undefined;
    this.open = undefined;
    this.dueAt = Infinity;
    this.records += batch.count;
    this.queue.push(batch);
    this.onSealed(batch);
    return batch;
  }
}
