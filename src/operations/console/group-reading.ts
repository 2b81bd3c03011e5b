import type { Cluster } from '../../client/cluster.js';
import type { OffsetToCommit } from '../../client/offset-topics.js';
import { type Member, openMember } from '../../client/member/member.js';
import type { MemberEvent } from '../../client/member/member-options.js';
import { listOffsets } from '../../client/offsets.js';
import { toError } from '../../client/to-error.js';
import { CliError } from '../../core/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import { every, type Timer } from '../../timers/timers.js';
import type { Context } from '../context.js';
import { AssignmentEnds } from './assignment-ends.js';
import type { GroupConsumeOptions } from './group-consume-options.js';
import { describeMemberEvent } from './describe-member-event.js';
import { GroupCommits } from './group-commits.js';
import { type PrintableChunk, type PrintOutcome, RecordPrinter } from './print-records.js';
import { refuseHeldBack, warnOfEvent } from './read-ranges.js';
import { countOffsets, WaitNotices } from './wait-notices.js';

/** How often to look whether positions moved without a record (control records, aborted transactions) or reached the end. */
const lookMs = 50;
// A coordinator that moves, or a group that is new, refuses a few requests.
const troubleMs = 5000;
// The first rebalances of a member may give it nothing until others have given something up.
const nothingMs = 5000;

/** One run of a group member between group and output: see `consumeGroup`. */
export class GroupReading {
  private readonly context: Context;
  private readonly cluster: Cluster;
  private readonly options: GroupConsumeOptions;
  private readonly member: Member;
  private readonly printer: RecordPrinter;
  private readonly commits: GroupCommits;
  private readonly ends: AssignmentEnds;
  private readonly stop = new AbortController();
  /** Positions at the end, once everything assigned was read. */
  private atEnd: readonly OffsetToCommit[] | undefined;
  private readySince: number | undefined;
  private failure: Error | undefined;
  private isCommitting = false;
  private isWaiting = false;
  private readonly waits: WaitNotices;
  /** Offsets of each partition that open transactions held back when it was assigned. */
  private readonly heldBack = new Map<string, bigint>();
  private isToldOfNothing = false;
  /** The chunk handed out last: perhaps not all of it was printed. */
  private lastChunk: PrintableChunk | undefined;
  /** When the coordinator's trouble began (`performance.now`); told of once. */
  private trouble: { readonly since: number; isTold: boolean } | undefined;

  constructor(context: Context, cluster: Cluster, options: GroupConsumeOptions) {
    this.context = context;
    this.cluster = cluster;
    this.options = options;
    const { format, sink, maxMessages, idleTimeoutMs, onFormatError, tally } = options;
    const signal = AbortSignal.any([context.signal, this.stop.signal]);
    this.printer = new RecordPrinter({
      ...{ format, sink, maxMessages, idleTimeoutMs, onFormatError, tally, signal },
      onWritten: (place) => {
        this.commits.reach(place);
        if (options.commit.kind === 'batch') this.commitSoon();
      },
    });
    this.commits = new GroupCommits((offsets) => this.member.commit(offsets));
    this.ends = new AssignmentEnds(
      (partitions) => this.findEnds(partitions),
      () => performance.now(),
    );
    // Who stops at the end does not wait there.
    this.waits = new WaitNotices((line) => options.exitAtEnd || context.notice(line));
    this.member = openMember(cluster, {
      ...options.fetch,
      ...options.member,
      signal,
      isolationLevel: this.isolation,
      reusesMemory: true,
      onRevoke: (partitions) => this.beforeRevoke(partitions),
      onEvent: (event) => this.noteEvent(event),
      onWait: (wait) => this.waits.note(wait),
    });
  }

  async run(): Promise<PrintOutcome> {
    const timers = this.startTimers();
    try {
      const outcome = await this.print(timers);
      if (this.options.commit.kind !== 'none') await this.commits.commit();
      return outcome;
    } catch (error) {
      // What was written counts, whatever failed; the first failure is the one to tell of.
      if (this.options.commit.kind !== 'none') await this.commits.commit().catch(() => {});
      throw error;
    } finally {
      for (const timer of timers) timer.cancel();
      await this.member.close();
    }
  }

  private async print(timers: readonly Timer[]): Promise<PrintOutcome> {
    const next = (): Promise<PrintableChunk | undefined> => this.next();
    const readySince = (): number | undefined => this.readySince;
    const outcome = await this.printer.print(this.options.idleWhileJoining === true ? { next } : { next, readySince });
    for (const timer of timers) timer.cancel();
    if (this.failure !== undefined) throw this.failure;
    if (outcome.end === 'closed') return outcome;
    this.reachAll(this.atEnd ?? this.member.positions().filter((place) => !this.isOfLastChunk(place)));
    if (this.atEnd === undefined) {
      if (outcome.end === 'idle')
        refuseHeldBack(
          this.waits.heldBack((partition) => this.positionOf(partition)),
          this.options.maxMessages,
        );
      return outcome;
    }
    this.tellOfHeldBack();
    return this.context.signal.aborted ? outcome : { ...outcome, end: 'stop' };
  }

  private async next(): Promise<PrintableChunk | undefined> {
    // Everything handed out before has been formatted.
    if (this.isAtEnd()) return undefined;
    this.isWaiting = true;
    try {
      this.lastChunk = await this.member.next();
      return this.lastChunk;
    } finally {
      this.isWaiting = false;
    }
  }

  private positionOf(partition: TopicPartition): bigint | undefined {
    return this.member.positions([partition])[0]?.offset;
  }

  private tellOfHeldBack(): void {
    for (const { topic, partition, offset } of this.atEnd ?? []) {
      const held = this.heldBack.get(`${topic}-${partition}`) ?? 0n;
      if (held === 0n) continue;
      const what = `${countOffsets(held)} held back by open transactions, from offset ${offset} on`;
      this.context.notice(`partition ${topic}-${partition}: ${what}`);
    }
  }

  private isOfLastChunk({ topic, partition }: TopicPartition): boolean {
    return topic === this.lastChunk?.topic && partition === this.lastChunk.partition;
  }

  private reachAll(positions: readonly OffsetToCommit[]): void {
    for (const position of positions) this.commits.reach(position);
  }

  private startTimers(): Timer[] {
    const { commit } = this.options;
    const timers = [every(lookMs, () => this.look())];
    if (commit.kind === 'interval') timers.push(every(commit.ms, () => this.commitSoon()));
    return timers;
  }

  /**
   * Runs from a timer only. A chunk that the member has handed out moves its position before the printer sees the chunk, but in
   * the same turn of the event loop: at the beginning of a turn, a reader that waits has been given nothing it does not know of.
   */
  private look(): void {
    if (!this.isWaiting) return;
    if (this.printer.isFlushed) {
      this.reachAll(this.member.positions());
      if (this.options.commit.kind === 'batch') this.commitSoon();
    }
    this.tellOfNothing();
    if (this.isAtEnd()) this.stop.abort(new CliError('aborted', 'everything assigned was read'));
  }

  /** A group with more members than partitions leaves some waiting. */
  private tellOfNothing(): void {
    if (this.isToldOfNothing || this.options.exitAtEnd || this.readySince === undefined || this.member.owned().length > 0) return;
    if (performance.now() - this.readySince < nothingMs) return;
    this.isToldOfNothing = true;
    this.context.notice(`waiting: group ${this.options.member.groupId} gives no partition to this member`);
  }

  private isAtEnd(): boolean {
    if (!this.options.exitAtEnd) return false;
    if (this.ends.areReached(this.member.owned(), () => this.member.positions())) this.atEnd = this.member.positions();
    return this.atEnd !== undefined;
  }

  /** Commits what is due behind the scenes; one commit at a time, the next one takes all that came meanwhile. */
  private commitSoon(): void {
    if (this.isCommitting || !this.commits.isDue || this.stop.signal.aborted) return;
    this.isCommitting = true;
    this.commits.commit().then(
      () => {
        this.isCommitting = false;
        if (this.options.commit.kind === 'batch') this.commitSoon();
      },
      (error: unknown) => {
        this.isCommitting = false;
        this.commitFailed(toError(error));
      },
    );
  }

  private commitFailed(error: Error): void {
    const isPassing = error instanceof CliError && (error.code === 'timeout' || error.code === 'connection');
    if (!isPassing) return this.fail(error);
    this.context.warn(`${error.message}; it is tried again with what comes next`);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.stop.abort(new CliError('aborted', error.message, { cause: error }));
  }

  /** Called while the member waits in `next`: its positions are those of everything formatted. */
  private async beforeRevoke(partitions: readonly TopicPartition[]): Promise<void> {
    if (await this.printer.flush()) this.reachAll(this.member.positions(partitions));
    if (this.options.commit.kind !== 'none') await this.commits.commit();
  }

  private noteEvent(event: MemberEvent): void {
    const line = describeMemberEvent(event, this.options.member.groupId);
    if (line !== undefined && this.isWarning(event)) this.context.warn(line);
    else if (line !== undefined) this.options.say(line);
    switch (event.kind) {
      case 'assigned':
        this.trouble = undefined;
        this.readySince = performance.now();
        this.waits.follow(event.added);
        return this.taken(event.added);
      case 'revoked':
      case 'lost':
        this.commits.forget(event.partitions);
        this.waits.forget(event.partitions);
        return this.ends.unsettled(event.partitions);
      case 'joining':
        this.readySince = undefined;
        return this.ends.unsettled();
      case 'trouble':
        return;
      default:
        warnOfEvent(this.context, event);
    }
  }

  /** What costs records read twice, and trouble that lasts. */
  private isWarning(event: MemberEvent): boolean {
    if (event.kind !== 'trouble') return event.kind === 'lost';
    this.trouble ??= { since: performance.now(), isTold: false };
    if (this.trouble.isTold || performance.now() - this.trouble.since < troubleMs) return false;
    this.trouble.isTold = true;
    return true;
  }

  private taken(added: readonly TopicPartition[]): void {
    if (!this.options.exitAtEnd) return;
    this.ends.assigned(added, this.member.positions(added)).catch((error: unknown) => {
      if (!this.stop.signal.aborted && !this.context.signal.aborted) this.fail(toError(error));
    });
  }

  private get isolation(): 'read_committed' | 'read_uncommitted' {
    return this.options.isCommittedOnly ? 'read_committed' : 'read_uncommitted';
  }

  private async findEnds(partitions: readonly TopicPartition[]): Promise<readonly bigint[]> {
    const logEnds = this.options.isCommittedOnly ? await this.listEnds(partitions, 'read_uncommitted') : undefined;
    const ends = await this.listEnds(partitions, this.isolation);
    for (const [index, { topic, partition }] of partitions.entries()) {
      const [end = 0n, logEnd = end] = [ends[index], logEnds?.[index]];
      this.heldBack.set(`${topic}-${partition}`, logEnd > end ? logEnd - end : 0n);
    }
    return ends;
  }

  private async listEnds(
    partitions: readonly TopicPartition[],
    isolation: 'read_committed' | 'read_uncommitted',
  ): Promise<readonly bigint[]> {
    const questions = partitions.map(({ topic, partition }) => ({ topic, partition, at: { kind: 'latest' } as const }));
    const answers = await listOffsets(this.cluster, questions, { isolation, signal: this.context.signal });
    return answers.map(({ offset, error }) => {
      if (error !== undefined) throw error;
      return offset ?? 0n;
    });
  }
}
