import { BrokerError } from '../../client/broker-error.js';
import type { Cluster } from '../../client/cluster.js';
import type { FetchedChunk } from '../../client/fetcher/fetched-chunk.js';
import type { OffsetToCommit } from '../../client/offset-topics.js';
import { type Member, openMember } from '../../client/member/member.js';
import type { MemberEvent } from '../../client/member/member-options.js';
import { toError } from '../../client/to-error.js';
import type { TopicPartition } from '../../protocol/message.js';
import { every } from '../../timers/timers.js';
import type { Context } from '../context.js';
import type { ConsumePollsOptions, PollEvent } from './poll-options.js';
import { cutIntoPolls, type Poll } from './cut-into-polls.js';

/** One run of `consumePolls`. */
export class PollReading {
  private readonly context: Context;
  private readonly options: ConsumePollsOptions;
  private readonly member: Member;
  private consumed = 0;
  /** Partitions that were told of as assigned. */
  private readonly announced = new Set<string>();
  /** Where partitions stand whose chunks have not been polled to the end; the member is ahead of them. */
  private readonly cut = new Map<string, OffsetToCommit>();
  /** Everything that the member handed out was polled. */
  private isWaiting = false;
  /** It was time to commit while a poll was being dealt with. */
  private isDue = false;
  private committing: Promise<unknown> = Promise.resolve();

  constructor(context: Context, cluster: Cluster, options: ConsumePollsOptions) {
    this.context = context;
    this.options = options;
    this.member = openMember(cluster, {
      ...options.fetch,
      ...options.member,
      signal: context.signal,
      onRevoke: () => this.commitPositions(),
      onEvent: (event) => this.note(event),
    });
  }

  async run(): Promise<void> {
    const { commit } = this.options;
    const timer = commit === 'each-poll' ? undefined : every(commit.everyMs, () => this.commitSoon());
    try {
      await this.read();
    } catch (error) {
      if (!this.context.signal.aborted) throw error;
    } finally {
      timer?.cancel();
      await this.close();
    }
  }

  private async read(): Promise<void> {
    while (!this.isFinished()) {
      const chunk = await this.next();
      if (chunk === undefined) return;
      await this.take(chunk);
    }
  }

  private async next(): Promise<FetchedChunk | undefined> {
    this.isWaiting = true;
    try {
      return await this.member.next();
    } finally {
      this.isWaiting = false;
    }
  }

  /** What is under way when the signal comes is still told and committed, as nobody else reads it before. */
  private async take(chunk: FetchedChunk): Promise<void> {
    const { maxMessages = Infinity, maxPollRecords, withRecords } = this.options;
    const room = (): number => maxMessages - this.consumed;
    const more = (): FetchedChunk | undefined => this.member.ready();
    for (const poll of cutIntoPolls(chunk, { maxPollRecords, withRecords, room, more })) {
      await this.deliver(poll);
      if (this.isFinished() || this.context.signal.aborted) return;
      if (this.isDue) void this.commitPositions();
    }
    this.cut.clear();
  }

  private async deliver({ count, kept, ranges, ends, records }: Poll): Promise<void> {
    // Should telling of it fail, it has not been read.
    for (const { topic, topicId, partition, firstOffset: offset } of ranges) {
      const name = `${topic}-${partition}`;
      if (!this.cut.has(name)) this.cut.set(name, { topic, topicId, partition, offset });
    }
    for (const record of records) await this.tell({ kind: 'record', record });
    this.consumed += kept;
    await this.tell({ kind: 'polled', count, ranges });
    if (this.options.commit !== 'each-poll') {
      for (const end of ends) this.cut.set(`${end.topic}-${end.partition}`, end);
      return;
    }
    await this.commitAndTell(
      ranges.map(({ topic, topicId, partition, lastOffset }) => ({ topic, topicId, partition, offset: lastOffset + 1n })),
    );
  }

  private async commitAndTell(offsets: readonly OffsetToCommit[]): Promise<void> {
    try {
      const left = await this.member.commit(offsets);
      const isGone = (place: TopicPartition): boolean =>
        left.some(({ topic, partition }) => topic === place.topic && partition === place.partition);
      const gone = offsets.filter(isGone);
      const committed = offsets.filter((offset) => !isGone(offset));
      if (committed.length > 0) await this.tell({ kind: 'committed', offsets: committed, error: undefined });
      if (gone.length > 0) await this.tell({ kind: 'committed', offsets: gone, error: 'gone' });
    } catch (error) {
      // Somebody else is this member now.
      if (error instanceof BrokerError && error.kafkaName === 'FENCED_INSTANCE_ID') throw error;
      await this.tell({ kind: 'committed', offsets, error: toError(error) });
    }
  }

  private commitSoon(): void {
    if (this.isWaiting) void this.commitPositions();
    else this.isDue = true;
  }

  /**
   * Commits where every partition stands, whether or not anything was polled of it, in the modes that commit by the clock; what
   * fails is tried again with the next one. To be called between polls.
   */
  private commitPositions(): Promise<void> {
    if (this.options.commit === 'each-poll') return Promise.resolve();
    this.isDue = false;
    const offsets = this.member.positions().map((place) => this.cut.get(`${place.topic}-${place.partition}`) ?? place);
    if (offsets.length === 0) return Promise.resolve();
    const commit = async (): Promise<void> => {
      await this.member.commit(offsets);
    };
    const done = this.committing.then(commit).catch(() => undefined);
    this.committing = done;
    return done;
  }

  private async close(): Promise<void> {
    await this.committing;
    await this.commitPositions();
    const owned = this.member.owned();
    // Whatever ended the reading may have come before its partitions were told of.
    const untold = owned.filter(({ topic, partition }) => !this.announced.has(`${topic}-${partition}`));
    if (untold.length > 0 && !this.context.signal.aborted) await this.tell({ kind: 'assigned', partitions: sorted(untold) });
    if (owned.length > 0) await this.tell({ kind: 'revoked', partitions: sorted(owned) });
    await this.member.close();
  }

  private note(event: MemberEvent): void {
    switch (event.kind) {
      case 'assigned':
        for (const { topic, partition } of event.added) this.announced.add(`${topic}-${partition}`);
        return void this.tell({ kind: 'assigned', partitions: sorted(event.added) });
      case 'revoked':
      case 'lost':
        for (const { topic, partition } of event.partitions) {
          this.announced.delete(`${topic}-${partition}`);
          this.cut.delete(`${topic}-${partition}`);
        }
        return void this.tell({ kind: 'revoked', partitions: sorted(event.partitions) });
      case 'unreadable':
        return this.context.warn(`${event.reason.message}; asking again`);
      default:
    }
  }

  private isFinished(): boolean {
    return this.consumed >= (this.options.maxMessages ?? Infinity);
  }

  private tell(event: PollEvent): Promise<void> | undefined {
    return this.options.onEvent(event);
  }
}

function sorted(partitions: readonly TopicPartition[]): TopicPartition[] {
  return partitions
    .map(({ topic, partition }) => ({ topic, partition }))
    .sort((left, right) => (left.topic === right.topic ? left.partition - right.partition : left.topic < right.topic ? -1 : 1));
}
