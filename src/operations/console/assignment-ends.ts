import type { OffsetToCommit } from '../../client/offset-topics.js';
import type { TopicPartition } from '../../protocol/message.js';

/** Finds the ends of partitions, in the order asked. */
export type FindEnds = (partitions: readonly TopicPartition[]) => Promise<readonly bigint[]>;

interface EndMark {
  /** Where the partition stood when it was assigned. */
  readonly from: bigint | undefined;
  /** `undefined` until it was found. */
  end?: bigint;
}

// A member that joins may be given nothing at first, until others have given something up.
const nothingGivenMs = 5000;

/**
 * Whether a group member has read each partition that it owns up to the end that it had when it was assigned. A member that is
 * given no partition for five seconds has nothing to read.
 */
export class AssignmentEnds {
  private readonly findEnds: FindEnds;
  private readonly now: () => number;
  private readonly marks = new Map<string, EndMark>();
  private assignedAt: number | undefined;

  constructor(findEnds: FindEnds, now: () => number) {
    this.findEnds = findEnds;
    this.now = now;
  }

  /**
   * A rebalance is over. Resolves when the ends of the new partitions are known.
   *
   * @param positions where the new partitions start, as far as that is known
   * @throws what finding ends throws
   */
  async assigned(added: readonly TopicPartition[], positions: readonly OffsetToCommit[]): Promise<void> {
    this.assignedAt = this.now();
    const starts = new Map(positions.map((position) => [nameOf(position), position.offset]));
    const marks = added.map((partition): EndMark => ({ from: starts.get(nameOf(partition)) }));
    for (const [index, partition] of added.entries()) this.marks.set(nameOf(partition), marks[index] ?? { from: undefined });
    if (added.length === 0) return;
    const ends = await this.findEnds(added);
    for (const [index, mark] of marks.entries()) {
      const end = ends[index];
      if (end !== undefined) mark.end = end;
    }
  }

  /** A rebalance has begun: what is owned now says nothing about what will be. */
  unsettled(gone: readonly TopicPartition[] = []): void {
    this.assignedAt = undefined;
    for (const partition of gone) this.marks.delete(nameOf(partition));
  }

  /** @param positions where each owned partition stands, as far as that is known */
  areReached(owned: readonly TopicPartition[], positions: () => readonly OffsetToCommit[]): boolean {
    if (this.assignedAt === undefined) return false;
    if (owned.length === 0) return this.now() - this.assignedAt >= nothingGivenMs;
    if (owned.some((partition) => this.marks.get(nameOf(partition))?.end === undefined)) return false;
    const known = new Map(positions().map((position) => [nameOf(position), position.offset]));
    return owned.every((partition) => this.isReached(nameOf(partition), known.get(nameOf(partition))));
  }

  private isReached(name: string, position: bigint | undefined): boolean {
    const { from, end } = this.marks.get(name) ?? {};
    if (position === undefined || end === undefined || position < end) return false;
    // A start behind the end is not in the log any more: the reader is about to be sent elsewhere.
    return position === end || position !== from;
  }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
