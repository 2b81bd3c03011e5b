import type { RecordRange } from '../../core/record-formats/record-range.js';
import { murmur2 } from './murmur2.js';
import type { Partitioner, PartitionChoice } from './partitioner.js';

/** Bytes after which records without key move on to another partition: Java's default `batch.size`, so that they spread as there. */
const stickyBytes = 16 * 1024;

/** Partitions as Java's producer does: equal keys together (murmur2), records without key a stretch at a time (KIP-794). */
export class DefaultPartitioner implements Partitioner {
  private readonly random: () => number;
  private current = -1;
  private bytes = 0;

  /** @param random from 0 to below 1 */
  constructor(random: () => number = Math.random) {
    this.random = random;
  }

  choose(record: RecordRange, among: PartitionChoice): number {
    const { source, keyStart, keyEnd, valueStart, valueEnd } = record;
    if (keyStart >= 0) return (murmur2(source, keyStart, keyEnd) & 0x7fffffff) % among.count;
    if (this.current < 0 || this.bytes >= stickyBytes) this.moveOn(among);
    this.bytes += valueEnd - valueStart;
    return this.current;
  }

  private moveOn({ count, available }: PartitionChoice): void {
    this.bytes = 0;
    // Without any leader every partition is as good as the other.
    const index = Math.floor(this.random() * (available.length === 0 ? count : available.length));
    this.current = available[index] ?? index;
  }
}
