import type { RecordRange } from '../record-formats/record-range.js';
import type { Partitioner, PartitionerTools } from './partitioner.js';

/** Any partition, anew for each record. */
export class RandomPartitioner implements Partitioner {
  private readonly tools: Pick<PartitionerTools, 'random' | 'isAvailable'>;

  constructor(tools: Pick<PartitionerTools, 'random' | 'isAvailable'>) {
    this.tools = tools;
  }

  choose(_record: RecordRange, partitionCount: number): number {
    const { random, isAvailable } = this.tools;
    const start = Math.floor(random() * partitionCount);
    if (isAvailable === undefined || isAvailable(start)) return start;
    const available = Array.from({ length: partitionCount }, (_, partition) => partition).filter(isAvailable);
    return available[Math.floor(random() * available.length)] ?? start;
  }
}

/** One partition after the other, keys or not. */
export class RoundRobinPartitioner implements Partitioner {
  private readonly isAvailable: PartitionerTools['isAvailable'];
  private next = 0;

  constructor({ isAvailable }: Pick<PartitionerTools, 'isAvailable'>) {
    this.isAvailable = isAvailable;
  }

  choose(_record: RecordRange, partitionCount: number): number {
    const first = this.next % partitionCount;
    let partition = first;
    while (this.isAvailable?.(partition) === false) {
      partition = (partition + 1) % partitionCount;
      if (partition === first) break;
    }
    this.next = partition + 1;
    return partition;
  }
}

/** One partition until its batch is full, then another: full batches without a key to go by (KIP-480, KIP-794). */
export class StickyPartitioner implements Partitioner {
  private readonly random: RandomPartitioner;
  private readonly isAvailable: PartitionerTools['isAvailable'];
  private current = -1;
  private left = -1;

  constructor(tools: Pick<PartitionerTools, 'random' | 'isAvailable'>) {
    this.random = new RandomPartitioner(tools);
    this.isAvailable = tools.isAvailable;
  }

  choose(record: RecordRange, partitionCount: number): number {
    const { current } = this;
    if (current >= 0 && current < partitionCount && this.isAvailable?.(current) !== false) return current;
    // Staying where it was would be no change: of several partitions, take another.
    let chosen = this.random.choose(record, partitionCount);
    for (let tries = 0; chosen === this.left && tries < 8 && partitionCount > 1; tries++)
      chosen = this.random.choose(record, partitionCount);
    this.current = chosen;
    return chosen;
  }

  batchFull(partition: number): void {
    if (partition !== this.current) return;
    this.left = partition;
    this.current = -1;
  }
}
