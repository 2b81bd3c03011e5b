import type { OffsetToCommit } from '../../client/offset-topics.js';
import type { TopicPartition } from '../../protocol/message.js';

/** Commits offsets; resolves to those left out because their partitions went to other members. */
export type CommitOffsets = (offsets: readonly OffsetToCommit[]) => Promise<readonly TopicPartition[]>;

/** What is done with of each partition and what of it was committed. Commits follow one another, never side by side. */
export class GroupCommits {
  private readonly commitOffsets: CommitOffsets;
  private readonly done = new Map<string, OffsetToCommit>();
  private readonly committed = new Map<string, bigint>();
  private last: Promise<void> = Promise.resolve();

  constructor(commitOffsets: CommitOffsets) {
    this.commitOffsets = commitOffsets;
  }

  /** Everything of the partition below this offset is done with; the last word about a partition counts. */
  reach(offset: OffsetToCommit): void {
    this.done.set(nameOf(offset), offset);
  }

  /** Partitions that are not ours any more: whoever reads them now commits them. */
  forget(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) {
      this.done.delete(nameOf(partition));
      this.committed.delete(nameOf(partition));
    }
  }

  get isDue(): boolean {
    return this.due().length > 0;
  }

  /**
   * Commits what is done with and not committed yet, after the commit under way.
   *
   * @throws what committing throws; the offsets stay due
   */
  commit(): Promise<void> {
    this.last = this.last.catch(() => {}).then(() => this.commitDue());
    return this.last;
  }

  private due(): OffsetToCommit[] {
    return [...this.done].filter(([name, { offset }]) => this.committed.get(name) !== offset).map(([, offset]) => offset);
  }

  private async commitDue(): Promise<void> {
    const due = this.due();
    if (due.length === 0) return;
    const gone = await this.commitOffsets(due);
    // Meanwhile a partition may have been forgotten, and must stay so.
    for (const offset of due) if (this.done.has(nameOf(offset))) this.committed.set(nameOf(offset), offset.offset);
    this.forget(gone);
  }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
