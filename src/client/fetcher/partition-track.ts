import type { FetchRange, LogPlace } from './fetcher-options.js';

/**
 * Where a partition is on its way: `locate` a leader, `validate` the position against it (KIP-320), `reset` to an end of the
 * log, `fetch`, `done` at its stop.
 */
export type Phase = 'locate' | 'validate' | 'reset' | 'fetch' | 'done';

const firstPauseMs = 50;
const longestPauseMs = 400;

/** The state of one partition being read: where it is, who serves it, what is wrong. No I/O. */
export class PartitionTrack {
  readonly topic: string;
  readonly partition: number;
  readonly stop: bigint | undefined;
  phase: Phase = 'locate';
  /** Offset to ask for next; meaningless until `pendingStart` is resolved. */
  position: bigint;
  /** Offset behind what the caller was given; `undefined` while even the start is not known. */
  delivered: bigint | undefined;
  /** Leader epoch of the last batch before `delivered`, where known. */
  deliveredEpoch: number | undefined;
  /** Of the topic that `delivered` belongs to, once something of it was handed out. */
  deliveredTopicId: string | undefined;
  /** A place in the log to start from, once a leader is there to ask. */
  pendingStart: LogPlace | undefined;
  /** Set by `close`: answers that are still on their way concern nobody. */
  isClosed = false;
  /** Leader epoch of the last batch read. */
  lastEpoch: number | undefined;
  leader: number | undefined;
  leaderEpoch: number | undefined;
  /** The leader epoch whose log is known to hold the position. */
  private validatedEpoch: number | undefined;
  topicId: string | undefined;
  /** Another topic has taken the name, and its start is still being looked up. */
  isRecreated = false;
  /** Bytes to ask for. */
  maxBytes: number;
  /** A batch did not fit. */
  isEnlarged = false;
  /** Answers in a row that say that nothing is left below the stop. */
  endsSeen = 0;
  /** It was told of that nothing more is there to be read. */
  isAtEnd = false;
  /** Why nobody serves the partition, the last reason heard. */
  trouble: Error | undefined;
  /** When it stopped being served. */
  troubleSince: number | undefined;
  /** No request about it before then. */
  notBefore = 0;
  /** A request about it is on its way. */
  isBusy = false;
  /** Counts the times that reading went back: what came before then, and was not handed on, is not wanted any more. */
  turn = 0;
  private attempts = 0;
  /** Where answers could not be right, and how often in a row. */
  private doubt: { readonly position: bigint; readonly count: number } | undefined;
  private replica: number | undefined;
  private replicaUntil = 0;

  constructor(range: FetchRange, maxBytes: number) {
    this.topic = range.topic;
    this.partition = range.partition;
    this.stop = range.stop;
    this.lastEpoch = range.leaderEpoch;
    this.deliveredEpoch = range.leaderEpoch;
    this.maxBytes = maxBytes;
    const { start } = range;
    this.position = typeof start === 'bigint' ? start : 0n;
    this.delivered = typeof start === 'bigint' ? start : undefined;
    this.pendingStart = typeof start === 'bigint' ? undefined : start;
    this.isStarting = this.pendingStart !== undefined;
    this.finishAtStop();
  }

  /** No position was ever set: a place in the log was asked for by the caller, not by a policy. */
  isStarting: boolean;

  get name(): string {
    return `${this.topic}-${this.partition}`;
  }

  /** Sets the position after data, or without it, was read; `done` when that reaches the stop. */
  advance(next: bigint, leaderEpoch: number | undefined): void {
    if (next > this.position) this.position = next;
    this.lastEpoch = leaderEpoch ?? this.lastEpoch;
    this.finishAtStop();
  }

  /** Ends reading where nothing is left below the stop. */
  finish(): void {
    if (this.stop !== undefined && this.position < this.stop) this.position = this.stop;
    this.phase = 'done';
  }

  /** Asks for as much as a batch that did not fit takes. */
  enlarge(bytesNeeded: number): void {
    this.maxBytes = Math.max(this.maxBytes * 2, bytesNeeded);
    this.isEnlarged = true;
  }

  /** Takes up an offset found by time or by epoch; what is on its way from elsewhere is not wanted any more. */
  jump(position: bigint): void {
    this.position = position;
    this.pendingStart = undefined;
    this.isStarting = false;
    this.isRecreated = false;
    this.lastEpoch = undefined;
    this.validated();
    this.finishAtStop();
  }

  /** Forgets everything about a log that is gone; another one has taken its name. */
  startAnew(start: LogPlace): void {
    this.isRecreated = true;
    this.leaderEpoch = undefined;
    this.validatedEpoch = undefined;
    this.lastEpoch = undefined;
    this.pendingStart = start;
  }

  /** Asks for a place in the log, whatever the position. */
  reset(start: LogPlace): void {
    this.pendingStart = start;
    this.phase = this.leader === undefined ? 'locate' : 'reset';
  }

  /** Takes up what metadata says; decides what comes next. Metadata older than what is known is not taken up. */
  located(leader: number, leaderEpoch: number | undefined): boolean {
    if (leaderEpoch !== undefined && this.leaderEpoch !== undefined && leaderEpoch < this.leaderEpoch) return false;
    this.leader = leader;
    this.leaderEpoch = leaderEpoch;
    if (this.pendingStart !== undefined) this.phase = 'reset';
    else if (this.lastEpoch !== undefined && leaderEpoch !== undefined && leaderEpoch !== this.validatedEpoch)
      this.phase = 'validate';
    else this.validated();
    return true;
  }

  /** The position holds in the leader's log: it was compared, or nothing was read yet that could have been lost. */
  validated(): void {
    this.validatedEpoch = this.leaderEpoch;
    this.phase = 'fetch';
  }

  /** Something failed: look for the leader again, the sooner the first time. */
  fail(reason: Error, now: number): void {
    this.trouble = reason;
    this.troubleSince ??= now;
    this.replica = undefined;
    this.phase = 'locate';
    this.notBefore = now + (this.attempts === 0 ? 0 : Math.min(1000, 50 * 2 ** this.attempts));
    this.attempts++;
  }

  /** What came of the offsets from `position` on could not be right. */
  goBackTo(position: bigint): void {
    this.turn++;
    this.endsSeen = 0;
    if (position < this.position) this.position = position;
  }

  /**
   * An answer about its position could not be right: asks again after a pause.
   *
   * @returns how often in a row that has been so
   */
  distrust(reason: Error, now: number): number {
    const { position } = this;
    const count = this.doubt?.position === position ? this.doubt.count + 1 : 1;
    this.doubt = { position, count };
    this.fail(reason, now);
    this.notBefore = now + Math.min(longestPauseMs, firstPauseMs * 2 ** (count - 1));
    return count;
  }

  /** An answer about its position was whole. */
  trust(): void {
    this.doubt = undefined;
  }

  /** A broker served it. */
  served(): void {
    this.trouble = undefined;
    this.troubleSince = undefined;
    this.attempts = 0;
  }

  /** The broker to ask: the nearer replica while it was named not too long ago, else the leader. */
  source(now: number): number | undefined {
    return this.replica !== undefined && now < this.replicaUntil ? this.replica : this.leader;
  }

  prefer(replica: number, until: number): void {
    this.replica = replica === this.leader ? undefined : replica;
    this.replicaUntil = until;
  }

  /** Goes back to the leader; false when it was asked already. */
  forgetReplica(): boolean {
    const hadOne = this.replica !== undefined;
    this.replica = undefined;
    return hadOne;
  }

  private finishAtStop(): void {
    if (this.pendingStart === undefined && this.stop !== undefined && this.position >= this.stop) this.phase = 'done';
  }
}
