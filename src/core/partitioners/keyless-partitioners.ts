import type { RecordRange } from '../record-formats/record-range.js';
import type { PartitionChoice, Partitioner, PartitionerTools, PartitionStretch } from './partitioner.js';

/** Any partition, anew for each record. */
export class RandomPartitioner implements Partitioner {
  private readonly random: () => number;

  constructor({ random }: Pick<PartitionerTools, 'random'>) {
    this.random = random;
  }

  choose(_record: RecordRange, among: PartitionChoice): number {
    return pick(this.random(), among);
  }
}

/** One partition after the other, keys or not. */
export class RoundRobinPartitioner implements Partitioner {
  private turn = 0;

  choose(_record: RecordRange, { count, available }: PartitionChoice): number {
    const turn = this.turn++;
    return available[turn % available.length] ?? turn % count;
  }
}

/**
 * One partition for a stretch of records, then another: full batches without a key to go by. A stretch ends after so many bytes
 * (KIP-794), or when its batch is full (KIP-480) where the producer tells so.
 */
export class StickyPartitioner implements Partitioner {
  private readonly random: () => number;
  private readonly stickyBytes: number;
  private current = -1;
  private bytes = 0;
  private among: PartitionChoice | undefined;

  constructor({ random, stickyBytes = 16 * 1024 }: Pick<PartitionerTools, 'random' | 'stickyBytes'>) {
    this.random = random;
    this.stickyBytes = stickyBytes;
  }

  choose({ keyStart, keyEnd, valueStart, valueEnd }: RecordRange, among: PartitionChoice): number {
    if (among !== this.among) this.adapt(among);
    if (this.current < 0 || this.bytes >= this.stickyBytes) {
      this.bytes = 0;
      this.current = pick(this.random(), among);
    }
    this.bytes += keyEnd - keyStart + valueEnd - valueStart;
    return this.current;
  }

  stretch(among: PartitionChoice): PartitionStretch | undefined {
    if (among !== this.among || this.current < 0 || this.bytes >= this.stickyBytes) return undefined;
    return { partition: this.current, bytes: this.stickyBytes - this.bytes };
  }

  useStretch(bytes: number): void {
    this.bytes += bytes;
  }

  batchFull(partition: number): void {
    if (partition === this.current) this.current = -1;
  }

  private adapt(among: PartitionChoice): void {
    this.among = among;
    const isUsable = among.available.length === 0 ? this.current < among.count : among.available.includes(this.current);
    if (!isUsable) this.current = -1;
  }
}

/** Without any leader every partition is as good as the other. */
function pick(random: number, { count, available }: PartitionChoice): number {
  const index = Math.floor(random * (available.length === 0 ? count : available.length));
  return available[index] ?? index;
}
