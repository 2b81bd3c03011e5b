import type { PartitionWait } from '../../client/fetcher/fetcher-options.js';
import type { TopicPartition } from '../../protocol/message.js';
import { listPartitions } from './describe-member-event.js';

/** A partition that is read up to a stop, or followed. */
export interface ReadPartition extends TopicPartition {
  readonly stop?: bigint | undefined;
}

const most = 5;

/**
 * Says what a reader waits for that has nothing to read: once for all the partitions that are followed, when none of them has
 * more, and once for each partition that does not come to its stop.
 */
export class WaitNotices {
  private readonly say: (line: string) => void;
  private readonly reading = new Map<string, ReadPartition>();
  private readonly waits = new Map<string, PartitionWait>();
  private readonly told = new Set<string>();
  private isDue = false;

  constructor(say: (line: string) => void) {
    this.say = say;
  }

  /** These are read from now on, too. */
  follow(partitions: readonly ReadPartition[]): void {
    for (const partition of partitions) this.reading.set(nameOf(partition), partition);
  }

  /** These are not read any more. */
  forget(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) {
      this.reading.delete(nameOf(partition));
      this.waits.delete(nameOf(partition));
    }
  }

  /** A partition has nothing more to give. What comes in one turn of the event loop is told of in one line. */
  note(wait: PartitionWait): void {
    this.waits.set(nameOf(wait), wait);
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      this.tellOfStops();
      this.tellOfEnd();
    });
  }

  /** The partitions that wait for the outcome of a transaction, as far as they still stand where they began to wait. */
  heldBack(positionOf: (partition: TopicPartition) => bigint | undefined): readonly (PartitionWait & ReadPartition)[] {
    return [...this.waits].flatMap(([name, wait]) =>
      isHeldBack(wait) && positionOf(wait) === wait.offset ? [{ ...wait, stop: this.reading.get(name)?.stop }] : [],
    );
  }

  private tellOfStops(): void {
    const [held, short]: [string[], string[]] = [[], []];
    for (const [name, wait] of this.waits) {
      const stop = this.reading.get(name)?.stop;
      const key = `${name} ${isHeldBack(wait)}`;
      if (stop === undefined || this.told.has(key)) continue;
      this.told.add(key);
      if (isHeldBack(wait)) held.push(`partition ${name} stands at offset ${wait.offset} of ${stop}`);
      else short.push(`partition ${name} ends at offset ${wait.end} of ${stop}`);
    }
    if (held.length > 0) this.say(`waiting for the outcome of open transactions: ${shorten(held)}`);
    if (short.length > 0) this.say(`waiting for records up to the stop: ${shorten(short)}`);
  }

  private tellOfEnd(): void {
    const followed = [...this.reading].filter(([, { stop }]) => stop === undefined);
    const waits = followed.flatMap(([name]) => this.waits.get(name) ?? []);
    if (this.told.has('end') || followed.length === 0 || waits.length < followed.length) return;
    this.told.add('end');
    const held = waits.reduce((sum, { offset, end }) => sum + (end - offset), 0n);
    const rest = held > 0n ? `; ${countOffsets(held)} held back by open transactions` : '';
    this.say(`waiting at the end of ${listPartitions(followed.map(([, partition]) => partition))} for new records${rest}`);
  }
}

/** `1 offset is` or `7 offsets are`. */
export function countOffsets(count: bigint): string {
  return count === 1n ? '1 offset is' : `${count} offsets are`;
}

function isHeldBack({ offset, end }: PartitionWait): boolean {
  return offset < end;
}

function shorten(parts: readonly string[]): string {
  const rest = parts.length - most;
  return parts.slice(0, most).join(', ') + (rest > 0 ? `, and ${rest} more` : '');
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
