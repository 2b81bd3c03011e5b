import { CliError } from '../../core/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import type { Cluster } from '../cluster.js';
import { FetchEngine } from '../fetcher/fetch-engine.js';
import type { FetchedChunk } from '../fetcher/fetched-chunk.js';
import { type FetchEvent, type FetchRange, resolveFetchSettings } from '../fetcher/fetcher-options.js';
import { PartitionTrack } from '../fetcher/partition-track.js';
import { committedOffsets } from '../groups/committed-offsets.js';
import type { OffsetToCommit } from '../offset-topics.js';
import { type Pace, realPace } from '../pace.js';
import { toError } from '../to-error.js';
import { ClassicMembership } from './classic-membership.js';
import { ConsumerMembership } from './consumer-membership.js';
import { commitAsMember } from './commit-as-member.js';
import { type MemberEvent, type MemberOptions, type MembershipSettings, resolveMembershipSettings } from './member-options.js';
import { NoCommittedOffset } from './no-committed-offset.js';
import { type Membership, type MembershipHost, nameOf, without } from './membership.js';
import type { Interest } from './subscribed-topics.js';

/** A member of a consumer group; see {@link openMember}. */
export class Member implements MembershipHost {
  readonly cluster: Cluster;
  readonly settings: MembershipSettings;
  readonly interest: Interest;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  private readonly options: MemberOptions;
  private readonly controller = new AbortController();
  private readonly engine: FetchEngine;
  private readonly membership: Membership;
  private assigned: readonly TopicPartition[] = [];
  private failure: Error | undefined;
  /** Steps of a rebalance that wait until the caller asks for records. */
  private steps: (() => Promise<void>)[] = [];
  private isAsked = false;
  private lastAsked: number;

  constructor(cluster: Cluster, options: MemberOptions) {
    const { autoOffsetReset = 'latest', pace = realPace } = options;
    this.cluster = cluster;
    this.options = options;
    this.pace = pace;
    this.settings = resolveMembershipSettings(options, cluster.direct.settings.metadataMaxAgeMs);
    this.interest = { topics: options.topics, pattern: options.pattern, includeInternal: options.includeInternal };
    this.signal = this.controller.signal;
    this.lastAsked = pace.now();
    const outOfRange = autoOffsetReset === 'none' ? 'error' : autoOffsetReset;
    // What is missing comes back, or the group takes it away.
    const { unavailableTimeoutMs = Infinity } = options;
    const onEvent = (event: FetchEvent): void => this.event(event);
    const settings = resolveFetchSettings({ ...options, unavailableTimeoutMs, missing: 'wait', outOfRange, onEvent });
    this.engine = new FetchEngine(cluster, { settings, pace, signal: options.signal, isOpenEnded: true });
    this.membership = options.protocol === 'consumer' ? new ConsumerMembership(this) : new ClassicMembership(this);
    void this.membership.run();
  }

  /** The id that the coordinator knows the member by; empty before it joined. */
  get memberId(): string {
    return this.membership.memberId;
  }

  /**
   * The next chunk of any partition that the member owns; waits while it owns none. To call it says that everything handed out
   * before has been dealt with: rebalances go on, and `onRevoke` is called, only while a call waits. `undefined` after `close`.
   *
   * @throws CliError as a fetcher does, and for what ends a membership: `authorization`, `broker` (fenced by another member of
   * the same instance id, no common assignor, group full), `unsupported`, `input` (no committed offset and no reset policy)
   */
  async next(): Promise<FetchedChunk | undefined> {
    this.isAsked = true;
    try {
      for (;;) {
        if (this.failure !== undefined) throw this.failure;
        const step = this.steps.shift();
        if (step !== undefined) {
          await step();
          continue;
        }
        const chunk = this.engine.poll();
        if (chunk !== undefined || this.signal.aborted) return chunk;
        await this.engine.wait();
      }
    } finally {
      this.isAsked = false;
      this.lastAsked = this.pace.now();
    }
  }

  /**
   * Another chunk, where one has been read already; for callers that have not yet dealt with the last one. `undefined` also where
   * a rebalance or a failure waits for a call of `next`.
   */
  ready(): FetchedChunk | undefined {
    if (this.failure !== undefined || this.steps.length > 0 || this.signal.aborted) return undefined;
    this.lastAsked = this.pace.now();
    try {
      return this.engine.poll();
    } catch {
      return undefined; // the next call of `next` throws it
    }
  }

  /**
   * Where each owned partition stands: behind everything that was handed out. Commit these once all of it is dealt with.
   * Partitions whose start is still being looked up, or has to be again, are left out.
   */
  positions(partitions: readonly TopicPartition[] = this.assigned): readonly OffsetToCommit[] {
    return partitions.flatMap(({ topic, partition }) => {
      const track = this.engine.find(nameOf({ topic, partition }));
      if (track?.delivered === undefined || track.pendingStart !== undefined) return [];
      const { delivered: offset, deliveredEpoch: leaderEpoch, deliveredTopicId: topicId } = track;
      return [{ topic, partition, offset, leaderEpoch, topicId }];
    });
  }

  /**
   * Commits offsets (each the offset behind the last record that is done with) for partitions that the member owns.
   *
   * @returns the partitions left out: they went to other members meanwhile, who read them again, or were deleted
   * @throws CliError `authorization`, `broker`, `timeout`, `connection`
   */
  commit(offsets: readonly OffsetToCommit[]): Promise<readonly TopicPartition[]> {
    return commitAsMember(this, this.membership, offsets);
  }

  /**
   * Leaves the group (a static member stays, until its session ends) and stops reading. Commit before: `onRevoke` is not called.
   * Works also after the signal was aborted, and never fails.
   */
  async close(): Promise<void> {
    if (this.signal.aborted) return;
    this.controller.abort(new CliError('aborted', 'the group member was closed'));
    this.engine.close();
    this.engine.notify();
    this.steps = [];
    await this.membership.leave('the consumer is being closed');
  }

  owned(): readonly TopicPartition[] {
    return this.assigned;
  }

  async revoke(partitions: readonly TopicPartition[], reason: string): Promise<void> {
    await this.whenAsked(async () => {
      const given = this.ownedAmong(partitions);
      if (given.length === 0) return;
      await this.options.onRevoke?.(given);
      this.drop(given);
      this.event({ kind: 'revoked', partitions: given, reason });
    });
  }

  lose(reason: string): void {
    const partitions = this.assigned;
    if (partitions.length === 0) return;
    this.drop(partitions);
    this.event({ kind: 'lost', partitions, reason });
  }

  async take(partitions: readonly TopicPartition[]): Promise<void> {
    const added = without(partitions, this.assigned);
    this.assigned = partitions;
    const { memberId, generation } = this.membership;
    if (added.length > 0) {
      const ranges = await this.startingPoints(added);
      // Some may have been lost again while the offsets were on their way.
      const wanted = ranges.filter((range) => this.ownedAmong([range]).length > 0);
      this.engine.add(wanted.map((range) => new PartitionTrack(range, this.engine.settings.partitionMaxBytes)));
    }
    this.event({ kind: 'assigned', owned: this.assigned, added: this.ownedAmong(added), memberId, generation });
  }

  idleMs(): number {
    return this.isAsked ? 0 : this.pace.now() - this.lastAsked;
  }

  attended(): Promise<void> {
    return this.whenAsked(() => Promise.resolve());
  }

  event(event: MemberEvent): void {
    this.options.onEvent?.(event);
  }

  fail(error: unknown): void {
    if (this.signal.aborted) return;
    this.failure ??= toError(error);
    this.engine.notify();
  }

  /** Runs a step while the caller waits for records, so that nothing handed out is half done; drops it when the member closes. */
  private whenAsked(step: () => Promise<void>): Promise<void> {
    if (this.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.signal.removeEventListener('abort', done);
        resolve();
      };
      // A closed member asks for nothing any more, and nothing may wait for it.
      this.signal.addEventListener('abort', done);
      this.steps.push(async () => {
        await step().catch((error: unknown) => this.fail(error));
        done();
      });
      this.engine.notify();
    });
  }

  private ownedAmong(partitions: readonly TopicPartition[]): TopicPartition[] {
    return without(partitions, without(partitions, this.assigned));
  }

  private drop(partitions: readonly TopicPartition[]): void {
    this.assigned = without(this.assigned, partitions);
    this.engine.remove(partitions.map(nameOf));
  }

  private async startingPoints(partitions: readonly TopicPartition[]): Promise<FetchRange[]> {
    const { groupId } = this.settings;
    const { autoOffsetReset = 'latest' } = this.options;
    const [group] = await committedOffsets(this.cluster, [{ groupId, partitions }]);
    const failure = group?.error ?? group?.failures[0]?.error;
    if (failure !== undefined) throw failure;
    const commits = new Map(group?.offsets.map((commit) => [nameOf(commit), commit]));
    const without = partitions.filter((place) => !commits.has(nameOf(place)));
    if (autoOffsetReset === 'none' && without.length > 0) throw new NoCommittedOffset(groupId, without);
    return partitions.map(({ topic, partition }) => {
      const commit = commits.get(nameOf({ topic, partition }));
      if (commit !== undefined) return { topic, partition, start: commit.offset, leaderEpoch: commit.leaderEpoch };
      return { topic, partition, start: autoOffsetReset === 'none' ? 'latest' : autoOffsetReset };
    });
  }
}

/**
 * Joins a consumer group and reads whatever part of the subscribed topics the group gives to this member, from the committed
 * offsets on. Nothing is committed by itself: the caller commits what it has dealt with.
 *
 * ```ts
 * const member = openMember(cluster, {
 *   groupId: 'billing', topics: ['orders'], autoOffsetReset: 'earliest', signal,
 *   onRevoke: async (partitions) => { await member.commit(member.positions(partitions)); },
 * });
 * try {
 *   for (let chunk = await member.next(); chunk !== undefined; chunk = await member.next()) {
 *     chunk.forEachRecord(print);
 *     await flushed();
 *     if (isTimeToCommit()) await member.commit(member.positions());
 *   }
 * } finally {
 *   // After stopping inside a chunk: commit { topic, partition, offset: lastPrinted.offset + 1n } for that partition instead.
 *   await member.commit(member.positions());
 *   await member.close();
 * }
 * ```
 */
export function openMember(cluster: Cluster, options: MemberOptions): Member {
  return new Member(cluster, options);
}
