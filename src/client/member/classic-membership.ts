import { findAssignor } from '../../core/assignors/find-assignor.js';
import { CliError } from '../../core/errors.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import type { ResponseBody, TopicPartition } from '../../protocol/message.js';
import { Heartbeat } from '../../protocol/messages/heartbeat.js';
import { JoinGroup } from '../../protocol/messages/join-group.js';
import { LeaveGroup } from '../../protocol/messages/leave-group.js';
import { SyncGroup } from '../../protocol/messages/sync-group.js';
import { brokerError } from '../broker-error.js';
import { isPassing } from '../fetcher/tend-tracks.js';
import { backoffMs } from '../pace.js';
import { Alarm } from './alarm.js';
import { GroupLink } from './group-link.js';
import { type Membership, type MembershipHost, without } from './membership.js';
import { type GroupPlan, isOutdated, planGroup } from './group-plan.js';
import { isWanted, resolveTopics } from './subscribed-topics.js';
import { decodeMemberAssignment, encodeOwnSubscription } from './subscription-codec.js';

type Joined = ResponseBody<typeof JoinGroup>;

const protocolType = 'consumer';
// Brokers answer a join when the rebalance timeout has passed; the rest is for the way.
const joinGraceMs = 5000;
const leaveTimeoutMs = 5000;

/** After these the member asks again, as it is. */
const passingCodes: ReadonlySet<number> = new Set([
  errorCode.COORDINATOR_LOAD_IN_PROGRESS,
  errorCode.COORDINATOR_NOT_AVAILABLE,
  errorCode.NOT_COORDINATOR,
  errorCode.REBALANCE_IN_PROGRESS,
  errorCode.REQUEST_TIMED_OUT,
]);

/**
 * The classic group protocol: JoinGroup, SyncGroup, Heartbeat, LeaveGroup. The member that the coordinator makes leader divides
 * the partitions. Members give everything up before they join again (eager), or only what the new plan takes from them
 * (cooperative, KIP-429) when all their assignors can do that.
 */
export class ClassicMembership implements Membership {
  memberId = '';
  generation = -1;
  private readonly host: MembershipHost;
  private readonly link: GroupLink;
  private readonly isCooperative: boolean;
  private readonly alarm: Alarm;
  private topics: readonly string[] = [];
  private previous: readonly TopicPartition[] | undefined;
  private previousGeneration = -1;
  private rejoinReason: string | undefined;
  /** Heartbeats pause while a join is on its way: it says the same. */
  private isJoining = true;
  private attempts = 0;
  private wasIn = false;
  private troubleSince: number | undefined;
  /** As leader: what it made of the group. */
  private plan: GroupPlan | undefined;

  constructor(host: MembershipHost) {
    this.host = host;
    this.link = new GroupLink(host.cluster, host.settings.groupId);
    this.alarm = new Alarm(host.pace, host.signal);
    this.isCooperative = host.settings.assignors.every((name) => findAssignor(name)?.isCooperative === true);
  }

  async run(): Promise<void> {
    try {
      const beating = this.beat();
      for (let reason = 'it is new'; !this.isClosed(); reason = this.rejoinReason ?? 'the group rebalances') {
        await this.rebalance(reason);
        await this.stay();
      }
      await beating;
    } catch (error) {
      this.host.fail(error);
    }
  }

  refused(code: number): void {
    // Between a join and its sync commits have to wait; and while a join is under way its answer, on another connection, may
    // just be bringing the generation that the commit lacked.
    if (this.isJoining) return;
    if (code === errorCode.UNKNOWN_MEMBER_ID || code === errorCode.ILLEGAL_GENERATION) this.expelled(code);
  }

  async leave(reason: string): Promise<void> {
    const { cluster, settings } = this.host;
    const { memberId } = this;
    if (memberId === '' || settings.groupInstanceId !== null) return;
    this.memberId = '';
    this.generation = -1;
    const body = { groupId: settings.groupId, members: [{ memberId, reason }] };
    // Its own signal: whatever ended the reading must not keep the member from leaving.
    await cluster.request(LeaveGroup, body, { timeoutMs: leaveTimeoutMs, signal: new AbortController().signal }).catch(() => {});
  }

  private isClosed(): boolean {
    return this.host.signal.aborted;
  }

  private rejoin(reason: string): void {
    this.rejoinReason ??= reason;
    this.alarm.ring();
  }

  /** The group went on without this member. */
  private expelled(code: number): void {
    // An illegal generation leaves the member known.
    if (code === errorCode.UNKNOWN_MEMBER_ID) this.memberId = '';
    this.generation = -1;
    const reason = kafkaError(code).message;
    this.host.lose(reason);
    this.rejoin(reason);
  }

  private async rebalance(reason: string): Promise<void> {
    const { host } = this;
    host.event({ kind: 'joining', reason });
    while (!this.isClosed()) {
      const joined = await this.passing(() => this.join(reason));
      if (joined === undefined) continue;
      const assignment = await this.passing(() => this.sync(joined));
      if (assignment === undefined) continue;
      return this.adopt(assignment);
    }
  }

  /** Runs one step; after a passing failure it waits a little and gives `undefined`, for the rebalance to start over. */
  private async passing<T>(step: () => Promise<T | undefined>): Promise<T | undefined> {
    const { host } = this;
    const { retryBackoffMs, retryBackoffMaxMs, apiTimeoutMs } = host.cluster.direct.settings;
    try {
      const result = await step();
      if (result !== undefined) this.attempts = 0;
      if (result !== undefined) this.troubleSince = undefined;
      return result;
    } catch (error) {
      if (this.isClosed()) return undefined;
      const now = host.pace.now();
      this.troubleSince ??= now;
      // Before it was ever in, nobody waits for it to come back.
      if (!isPassing(error) || (!this.wasIn && now - this.troubleSince > apiTimeoutMs)) throw error;
      host.event({ kind: 'trouble', error });
      await host.pace.sleep(backoffMs(this.attempts++, retryBackoffMs, retryBackoffMaxMs, host.pace.random()), host.signal);
      return undefined;
    } finally {
      this.isJoining = false;
    }
  }

  private async join(reason: string): Promise<Joined | undefined> {
    const { settings, signal, interest, cluster } = this.host;
    await this.prepare(reason);
    this.topics = await resolveTopics(cluster, interest, { signal });
    this.rejoinReason = undefined;
    this.isJoining = true;
    const { rebalanceTimeoutMs, groupInstanceId } = settings;
    const body = {
      groupId: settings.groupId,
      sessionTimeoutMs: settings.sessionTimeoutMs,
      rebalanceTimeoutMs,
      memberId: this.memberId,
      groupInstanceId,
      protocolType,
      protocols: this.protocols(),
      reason: reason.slice(0, 255),
    };
    const timeoutMs = Math.max(cluster.direct.settings.requestTimeoutMs, rebalanceTimeoutMs + joinGraceMs);
    // Only who has an id is held until the others have come back.
    const heldMs = this.memberId === '' && groupInstanceId === null ? 0 : Infinity;
    const joined = await this.link.send(JoinGroup, body, { timeoutMs, signal, heldMs });
    if (joined.errorCode === errorCode.MEMBER_ID_REQUIRED) {
      // The first of two steps: the coordinator only keeps members that come back with the id it gave them (KIP-394).
      this.memberId = joined.memberId;
      return undefined;
    }
    if (joined.errorCode !== errorCode.NONE) return this.refusedStep(joined.errorCode, 'join');
    this.memberId = joined.memberId;
    this.generation = joined.generationId;
    return joined;
  }

  /** Gives up what may not be kept while the group makes its new plan. */
  private async prepare(reason: string): Promise<void> {
    const { host } = this;
    const owned = host.owned();
    const given = this.isCooperative ? owned.filter(({ topic }) => !isWanted(host.interest, topic)) : owned;
    if (given.length > 0) await host.revoke(given, reason);
  }

  private protocols(): { name: string; metadata: Buffer }[] {
    const { topics, previous, previousGeneration, generation } = this;
    const owned = this.isCooperative ? this.host.owned() : [];
    const { rack, assignors } = this.host.settings;
    const own = { topics, owned, previous, previousGeneration, generation, rack };
    return assignors.map((name) => ({ name, metadata: encodeOwnSubscription(name, own) }));
  }

  private async sync(joined: Joined): Promise<readonly TopicPartition[] | undefined> {
    const { settings, signal } = this.host;
    const isLeader = joined.leader === joined.memberId;
    this.plan = isLeader ? await planGroup(this.host, joined) : undefined;
    const body = {
      groupId: settings.groupId,
      generationId: joined.generationId,
      memberId: joined.memberId,
      groupInstanceId: settings.groupInstanceId,
      protocolType,
      protocolName: joined.protocolName,
      assignments: this.plan?.assignments ?? [],
    };
    const synced = await this.link.send(SyncGroup, body, { signal, heldMs: Infinity });
    if (synced.errorCode !== errorCode.NONE) return this.refusedStep(synced.errorCode, 'get its part of');
    return decodeMemberAssignment(synced.assignment);
  }

  /** Takes note of a refusal in a join or sync: what has to change before the next attempt, or an error. */
  private refusedStep(code: number, step: string): undefined {
    const { settings } = this.host;
    const error = brokerError(code, undefined, `cannot ${step} group '${settings.groupId}'`).needing(
      'Read',
      `group '${settings.groupId}'`,
    );
    this.link.lost(code);
    if (code === errorCode.UNKNOWN_MEMBER_ID || code === errorCode.ILLEGAL_GENERATION) {
      this.expelled(code);
      return undefined;
    }
    if (!passingCodes.has(code)) throw error;
    throw new CliError('timeout', error.message, { cause: error });
  }

  private async adopt(assignment: readonly TopicPartition[]): Promise<void> {
    const { host } = this;
    const stray = assignment.find(({ topic }) => !isWanted(host.interest, topic));
    if (stray !== undefined) {
      // Made from a subscription of an earlier life of this member.
      await host.pace.sleep(host.cluster.direct.settings.retryBackoffMs, host.signal);
      return this.rejoin(`the assignment names topic '${stray.topic}', which is not subscribed`);
    }
    const revoked = without(host.owned(), assignment);
    if (revoked.length > 0) {
      await host.revoke(revoked, 'the new plan gives them to other members');
      this.rejoin('partitions were given up and can be assigned anew');
    }
    this.previous = assignment;
    this.previousGeneration = this.generation;
    this.wasIn = true;
    await host.take(assignment);
  }

  /** Waits for a reason to join again, and looks for reasons of its own: new topics, and as leader new partitions. */
  private async stay(): Promise<void> {
    const { host } = this;
    while (this.rejoinReason === undefined && !this.isClosed()) {
      if (await this.alarm.sleep(host.settings.metadataRefreshMs)) continue;
      try {
        await this.look();
      } catch (error) {
        if (this.isClosed()) return;
        if (!isPassing(error)) throw error;
        host.event({ kind: 'trouble', error });
      }
    }
  }

  private async look(): Promise<void> {
    const { cluster, interest, signal } = this.host;
    const topics = await resolveTopics(cluster, interest, { signal });
    if (topics.join(' ') !== this.topics.join(' ')) return this.rejoin('other topics match the subscription');
    if (this.plan !== undefined && (await isOutdated(this.host, this.plan))) this.rejoin('subscribed topics have changed');
  }

  private async beat(): Promise<void> {
    const { host } = this;
    while (!this.isClosed()) {
      await host.pace.sleep(host.settings.heartbeatIntervalMs, host.signal);
      if (this.isJoining || this.generation < 0 || this.isClosed()) continue;
      try {
        if (host.idleMs() > host.settings.rebalanceTimeoutMs) await this.stepOut();
        else await this.sendHeartbeat();
      } catch (error) {
        if (this.isClosed()) return;
        if (!isPassing(error)) return host.fail(error);
        host.event({ kind: 'trouble', error });
      }
    }
  }

  private async sendHeartbeat(): Promise<void> {
    const { settings, signal } = this.host;
    const { memberId, generation } = this;
    const body = { groupId: settings.groupId, generationId: generation, memberId, groupInstanceId: settings.groupInstanceId };
    const { errorCode: code } = await this.link.send(Heartbeat, body, { signal });
    // The answer to a member that is not there any more concerns nobody.
    if (code === errorCode.NONE || generation !== this.generation || memberId !== this.memberId) return;
    if (code === errorCode.REBALANCE_IN_PROGRESS) return this.rejoin('the group rebalances');
    if (code === errorCode.UNKNOWN_MEMBER_ID || code === errorCode.ILLEGAL_GENERATION) return this.expelled(code);
    this.link.lost(code);
    const error = brokerError(code, undefined, `cannot stay in group '${settings.groupId}'`);
    if (!passingCodes.has(code)) throw error;
    this.host.event({ kind: 'trouble', error });
  }

  /** A caller that takes too long would hold up the rebalances of all others. */
  private async stepOut(): Promise<void> {
    const { host } = this;
    const reason = `no records were asked for in ${host.settings.rebalanceTimeoutMs} ms`;
    host.lose(reason);
    await this.leave(reason);
    this.generation = -1;
    await host.attended();
    this.rejoin(reason);
  }
}
