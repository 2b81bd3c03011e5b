import { CliError } from '../../core/errors.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import type { RequestBody, ResponseBody, TopicPartition } from '../../protocol/message.js';
import { ConsumerGroupHeartbeat } from '../../protocol/messages/consumer-group-heartbeat.js';
import { brokerError } from '../broker-error.js';
import { isPassing } from '../fetcher/tend-tracks.js';
import { describeTopics } from '../metadata.js';
import { backoffMs } from '../pace.js';
import { Alarm } from './alarm.js';
import { GroupLink } from './group-link.js';
import { type Membership, type MembershipHost, without } from './membership.js';
import { resolveTopics } from './subscribed-topics.js';

type HeartbeatBody = RequestBody<typeof ConsumerGroupHeartbeat>;
type HeartbeatAnswer = ResponseBody<typeof ConsumerGroupHeartbeat>;
type Target = NonNullable<HeartbeatAnswer['assignment']>['topicPartitions'];

const joinEpoch = 0;
const leaveEpoch = -1;
/** A static member that goes keeps its place for the one that comes back. */
const staticLeaveEpoch = -2;
const leaveTimeoutMs = 5000;

const passingCodes: ReadonlySet<number> = new Set([
  errorCode.COORDINATOR_LOAD_IN_PROGRESS,
  errorCode.COORDINATOR_NOT_AVAILABLE,
  errorCode.NOT_COORDINATOR,
  errorCode.REQUEST_TIMED_OUT,
]);

const fencedCodes: ReadonlySet<number> = new Set([errorCode.FENCED_MEMBER_EPOCH, errorCode.UNKNOWN_MEMBER_ID]);

/**
 * The group protocol of KIP-848: one heartbeat carries everything, the coordinator divides the partitions, and each member moves
 * towards its target on its own: it gives up what is not in it, takes what is, and says so in the next heartbeat.
 */
export class ConsumerMembership implements Membership {
  readonly memberId = newMemberId();
  private readonly host: MembershipHost;
  private readonly link: GroupLink;
  private readonly alarm: Alarm;
  private epoch = joinEpoch;
  private intervalMs = 0;
  private topics: readonly string[] = [];
  private lookedAt = -Infinity;
  private readonly topicIds = new Map<string, string>();
  private target: Target | undefined;
  /** The target that is being, or was, moved to. */
  private reached: Target | undefined;
  private isMoving = false;
  /** What the coordinator was told last; a null field in a heartbeat means "as before". */
  private told: { readonly topics: string; readonly owned: string } | undefined;
  private attempts = 0;
  private troubleSince: number | undefined;

  constructor(host: MembershipHost) {
    this.host = host;
    this.link = new GroupLink(host.cluster, host.settings.groupId);
    this.alarm = new Alarm(host.pace, host.signal);
  }

  get generation(): number {
    return this.epoch > joinEpoch ? this.epoch : -1;
  }

  async run(): Promise<void> {
    const { host } = this;
    try {
      host.event({ kind: 'joining', reason: 'it is new' });
      while (!host.signal.aborted) {
        if (host.idleMs() > host.settings.rebalanceTimeoutMs) await this.stepOut();
        await this.beat();
        await this.alarm.sleep(this.intervalMs);
      }
    } catch (error) {
      host.fail(error);
    }
  }

  refused(code: number): void {
    if (fencedCodes.has(code)) this.fenced(code);
    // With a stale epoch the next heartbeat brings the new one.
    this.alarm.ring();
  }

  async leave(reason: string): Promise<void> {
    const { cluster, settings } = this.host;
    if (this.epoch === joinEpoch && this.told === undefined) return;
    this.epoch = joinEpoch;
    this.told = undefined;
    const memberEpoch = settings.groupInstanceId === null ? leaveEpoch : staticLeaveEpoch;
    const body = { groupId: settings.groupId, memberId: this.memberId, memberEpoch, instanceId: settings.groupInstanceId };
    // Its own signal: whatever ended the reading must not keep the member from leaving.
    const limits = { timeoutMs: leaveTimeoutMs, signal: new AbortController().signal };
    await cluster.request(ConsumerGroupHeartbeat, body, limits).catch((error: unknown) => {
      this.trouble(error instanceof CliError ? error : new CliError('broker', `cannot leave: ${reason}`, { cause: error }));
    });
  }

  /** One heartbeat, with whatever the coordinator does not know yet. */
  private async beat(): Promise<void> {
    const { host } = this;
    try {
      await this.lookForTopics();
      const body = this.body();
      const epoch = this.epoch;
      const answer = await this.link.send(ConsumerGroupHeartbeat, body, { signal: host.signal });
      if (epoch === this.epoch) this.accept(answer);
    } catch (error) {
      if (host.signal.aborted) return;
      if (!isPassing(error)) throw error;
      this.failed(error);
    }
  }

  /** After a lost answer nobody knows what was heard, so everything is said again. */
  private failed(error: CliError): void {
    const { host } = this;
    const { retryBackoffMs, retryBackoffMaxMs, apiTimeoutMs } = host.cluster.direct.settings;
    const now = host.pace.now();
    this.troubleSince ??= now;
    if (this.epoch === joinEpoch && now - this.troubleSince > apiTimeoutMs) throw error;
    this.told = undefined;
    this.trouble(error);
    this.intervalMs = backoffMs(this.attempts++, retryBackoffMs, retryBackoffMaxMs, host.pace.random());
  }

  private trouble(error: CliError): void {
    this.host.event({ kind: 'trouble', error });
  }

  private async lookForTopics(): Promise<void> {
    const { cluster, interest, pace, settings, signal } = this.host;
    const isDue = pace.now() - this.lookedAt >= settings.metadataRefreshMs;
    if (!isDue && this.epoch !== joinEpoch) return;
    this.topics = await resolveTopics(cluster, interest, { signal });
    this.lookedAt = pace.now();
  }

  private body(): HeartbeatBody {
    const { settings } = this.host;
    const base = {
      groupId: settings.groupId,
      memberId: this.memberId,
      memberEpoch: this.epoch,
      instanceId: settings.groupInstanceId,
    };
    const topics = this.topics.join(' ');
    const partitions = this.epoch === joinEpoch ? [] : this.ownedById();
    const owned = JSON.stringify(partitions);
    const { told } = this;
    this.told = { topics, owned };
    const facts = {
      rackId: settings.rack,
      rebalanceTimeoutMs: settings.rebalanceTimeoutMs,
      serverAssignor: settings.serverAssignor,
    };
    return {
      ...base,
      ...(told === undefined ? facts : {}),
      subscribedTopicNames: told?.topics === topics ? null : this.topics,
      topicPartitions: told?.owned === owned ? null : partitions,
    };
  }

  private ownedById(): { topicId: string; partitions: number[] }[] {
    const ids = new Map<string, number[]>();
    for (const { topic, partition } of this.host.owned()) {
      const id = this.topicIds.get(topic);
      if (id !== undefined) ids.set(id, [...(ids.get(id) ?? []), partition]);
    }
    return [...ids]
      .sort()
      .map(([topicId, partitions]) => ({ topicId, partitions: partitions.sort((left, right) => left - right) }));
  }

  private accept(answer: HeartbeatAnswer): void {
    const { errorCode: code, errorMessage } = answer;
    if (fencedCodes.has(code)) return this.fenced(code);
    if (code !== errorCode.NONE) {
      this.link.lost(code);
      const error = brokerError(code, errorMessage, `cannot be a member of group '${this.host.settings.groupId}'`).needing(
        'Read',
        `group '${this.host.settings.groupId}'`,
      );
      if (!passingCodes.has(code)) throw error;
      return this.failed(error);
    }
    this.attempts = 0;
    this.troubleSince = undefined;
    this.epoch = answer.memberEpoch;
    this.intervalMs = answer.heartbeatIntervalMs;
    if (answer.assignment !== null) this.target = answer.assignment.topicPartitions;
    void this.move();
  }

  /** The group went on without this member: it starts anew. */
  private fenced(code: number): void {
    const reason = kafkaError(code).message;
    this.epoch = joinEpoch;
    this.told = undefined;
    this.target = undefined;
    this.reached = undefined;
    this.intervalMs = 0;
    this.host.lose(reason);
    this.host.event({ kind: 'joining', reason });
  }

  /** Moves to the target, one at a time; heartbeats go on meanwhile. */
  private async move(): Promise<void> {
    if (this.isMoving) return;
    this.isMoving = true;
    try {
      while (this.target !== undefined && this.target !== this.reached && !this.host.signal.aborted) {
        if (!(await this.moveTo(this.target))) break;
      }
    } catch (error) {
      this.host.fail(error);
    }
    this.isMoving = false;
  }

  /** False when the next heartbeat has to try again, since a topic of the target is not known here yet. */
  private async moveTo(target: Target): Promise<boolean> {
    const { host } = this;
    const partitions = await this.resolve(target);
    const isComplete = partitions.length === target.reduce((sum, topic) => sum + topic.partitions.length, 0);
    const revoked = without(host.owned(), partitions);
    if (revoked.length > 0) await host.revoke(revoked, 'the group gives them to other members');
    // Meanwhile there may be another target, or none because the member was fenced.
    if (this.target !== target) return true;
    const isMore = without(partitions, host.owned()).length > 0;
    if (!isComplete && !isMore) return false;
    // A coordinator that has just taken over sends the target that was reached before once more; that is no rebalance.
    if (isMore || revoked.length > 0 || this.reached === undefined) await host.take(partitions);
    if (this.target !== target) return true;
    if (isComplete) this.reached = target;
    // Said even when nothing changed: the coordinator waits to hear that the target was reached.
    if (this.told !== undefined) this.told = { ...this.told, owned: '' };
    this.alarm.ring();
    return isComplete;
  }

  private async resolve(target: Target): Promise<TopicPartition[]> {
    const known = new Set(this.topicIds.values());
    if (target.some(({ topicId }) => !known.has(topicId))) {
      const topics = await describeTopics(this.host.cluster, this.topics, { signal: this.host.signal });
      for (const { name, id } of topics) if (id !== undefined) this.topicIds.set(name, id);
    }
    const names = new Map([...this.topicIds].map(([name, id]) => [id, name]));
    return target.flatMap(({ topicId, partitions }) => {
      const topic = names.get(topicId);
      return topic === undefined ? [] : partitions.map((partition) => ({ topic, partition }));
    });
  }

  /** A caller that takes too long would hold up the rebalances of all others. */
  private async stepOut(): Promise<void> {
    const { host } = this;
    const reason = `no records were asked for in ${host.settings.rebalanceTimeoutMs} ms`;
    host.lose(reason);
    await this.leave(reason);
    this.target = undefined;
    this.reached = undefined;
    await host.attended();
    host.event({ kind: 'joining', reason });
  }
}

/** A uuid in Kafka's text form; the member chooses its id itself (KIP-1082). */
function newMemberId(): string {
  return Buffer.from(crypto.randomUUID().replaceAll('-', ''), 'hex').toString('base64url');
}
