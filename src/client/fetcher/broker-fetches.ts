import { CliError } from '../../core/errors.js';
import { errorCode } from '../../protocol/errors.js';
import type { ResponseBody } from '../../protocol/message.js';
import { Fetch } from '../../protocol/messages/fetch.js';
import type { BrokerConnection } from '../broker-connection.js';
import { brokerError } from '../broker-error.js';
import { toError } from '../to-error.js';
import { UnreadableAnswer } from '../unreadable-answer.js';
import { doubtAnswer } from './doubt-answer.js';
import { fetchBody, fetchVersion } from './fetch-body.js';
import type { FetchQueue } from './fetch-queue.js';
import { type FrameLease, FrameSlots } from './frame-slots.js';
import { responseBudget } from './fetcher-options.js';
import { judgeAnswer, type PartitionAnswer, type Verdict } from './judge-answer.js';
import type { PartitionTrack } from './partition-track.js';
import { outOfRangeError } from './reset-positions.js';
import type { Run } from './scan-run.js';
import { isPassing } from './tend-tracks.js';
import type { TrackHost } from './track-host.js';
import { RunUnpacker } from './unpack-run.js';

type FetchAnswer = ResponseBody<typeof Fetch>;

/** What requesting needs from the fetcher it belongs to. */
export interface FetchHost extends TrackHost {
  readonly queue: FetchQueue;
  /** Some partition has to be located again. */
  lost(): void;
  /** Puts a partition behind the others, so that they have their turn. */
  moveToEnd(track: PartitionTrack): void;
}

interface BrokerState {
  readonly id: number;
  connection: BrokerConnection | undefined;
  isAsked: boolean;
  /** Responses that have come and are not in the queue yet. */
  arriving: number;
  /** No request before then: the broker asked to be spared (KIP-219), or has nothing and says so at once. */
  notBefore: number;
}

/** A partition in a request, and the offset that was asked for. */
interface Asked {
  readonly track: PartitionTrack;
  readonly position: bigint;
}

/** Records of one partition in one response. */
interface Arrival {
  readonly track: PartitionTrack;
  readonly start: bigint;
  readonly answer: PartitionAnswer;
  readonly run: Run;
  /** Of the partition, when it came. */
  readonly turn: number;
  readonly topicId: string | undefined;
}

// A broker that answers an empty long poll at once (max wait 0) is not asked again and again without a pause.
const emptyPauseMs = 10;
const maybesNeeded = 2;
// For each broker: an answer in use, one waiting, one on its way.
const mostSlots = 12;

/**
 * Asks brokers for records: one request in flight for each broker, on a connection of its own, while the responses before it
 * wait or are used. A broker with two unused responses is asked nothing until one is used up, so that a caller who takes
 * nothing is sent nothing.
 */
export class BrokerFetches {
  private readonly host: FetchHost;
  private readonly states = new Map<number, BrokerState>();
  private readonly unpacker: RunUnpacker;
  /** Responses are unpacked one after the other, so that records of a partition stay in order. */
  private intake: Promise<void> = Promise.resolve();
  private waiting = 0;
  private readonly slots: FrameSlots | undefined;

  constructor(host: FetchHost) {
    this.host = host;
    const { reusesMemory, maxBytes } = host.settings;
    if (reusesMemory) this.slots = new FrameSlots(Math.min(maxBytes, responseBudget(1)), mostSlots);
    this.unpacker = new RunUnpacker(host.settings.checkCrcs, host.cluster.direct.settings.maxUnpackedBytes);
  }

  /** True while something that came has not reached the queue. */
  get isUnpacking(): boolean {
    return this.waiting > 0;
  }

  /** Sends a request to every broker that has partitions to be read, none under way, and at most one response unused. */
  pump(): void {
    const now = this.host.pace.now();
    const wanted = new Set<number>();
    for (const track of this.host.tracks()) {
      const source = isFetchable(track) ? track.source(now) : undefined;
      if (source !== undefined) wanted.add(source);
    }
    for (const broker of wanted) {
      const state = this.stateOf(broker);
      if (state.isAsked || state.notBefore > now || this.host.queue.framesOf(broker) + state.arriving > 1) continue;
      state.isAsked = true;
      this.ask(state).catch((error: unknown) => this.host.fail(toError(error)));
    }
  }

  private stateOf(id: number): BrokerState {
    let state = this.states.get(id);
    if (state === undefined)
      this.states.set(id, (state = { id, connection: undefined, isAsked: false, arriving: 0, notBefore: 0 }));
    return state;
  }

  private async ask(state: BrokerState): Promise<void> {
    const { cluster, settings, signal, pace } = this.host;
    let asked = new Map<string, Asked>();
    let answer: FetchAnswer | undefined;
    let failure: unknown;
    const lease = this.slots?.lease();
    try {
      const connection = await cluster.direct.connection(state.id, 'fetch', { signal });
      state.connection = connection;
      asked = this.select(state.id);
      const tracks = [...asked.values()].map(({ track }) => track);
      const timeoutMs = settings.maxWaitMs + cluster.direct.settings.requestTimeoutMs;
      const sentAt = pace.now();
      const limits = { timeoutMs, signal, atMost: fetchVersion(tracks), memory: lease, heldMs: settings.maxWaitMs };
      if (tracks.length > 0) answer = await connection.send(Fetch, fetchBody(tracks, settings, this.states.size), limits);
      this.setPause(state, answer, pace.now() - sentAt);
    } catch (error) {
      failure = error;
      if (asked.size === 0) asked = this.select(state.id);
    }
    for (const { track } of asked.values()) track.isBusy = false;
    state.isAsked = false;
    if (signal.aborted) return;
    const isKept = answer !== undefined && this.accept(state, asked, { answer, lease });
    if (!isKept) lease?.release();
    if (failure !== undefined) this.failed(asked, failure);
    // Sent back meanwhile for what an answer before this one held.
    if ([...asked.values()].some(({ track }) => track.phase === 'locate')) this.host.lost();
    this.host.ready();
  }

  /** The partitions to ask a broker for, in turn: those that gave records last time stand at the end. */
  private select(broker: number): Map<string, Asked> {
    const now = this.host.pace.now();
    const asked = new Map<string, Asked>();
    for (const track of this.host.tracks()) {
      if (!isFetchable(track) || track.source(now) !== broker) continue;
      track.isBusy = true;
      asked.set(track.name, { track, position: track.position });
    }
    return asked;
  }

  private setPause(state: BrokerState, answer: FetchAnswer | undefined, tookMs: number): void {
    const { pace, settings, signal } = this.host;
    if (answer === undefined) return;
    const isHasty = settings.maxWaitMs < emptyPauseMs && isEmpty(answer) && tookMs < emptyPauseMs;
    const pauseMs = Math.max(answer.throttleTimeMs, isHasty ? emptyPauseMs : 0);
    if (pauseMs === 0) return;
    state.notBefore = pace.now() + pauseMs;
    void pace.sleep(pauseMs, signal).then(() => {
      if (!signal.aborted) this.host.ready();
    });
  }

  private failed(asked: ReadonlyMap<string, Asked>, error: unknown): void {
    if (error instanceof UnreadableAnswer)
      return this.doubt(
        error,
        Array.from(asked.values(), ({ track }) => track),
      );
    if (!isPassing(error)) return this.host.fail(toError(error));
    for (const { track } of asked.values()) this.elsewhere(track, error);
  }

  private doubt(reason: UnreadableAnswer, tracks: readonly PartitionTrack[]): void {
    doubtAnswer(this.host, reason, tracks);
    this.host.lost();
  }

  private elsewhere(track: PartitionTrack, reason: Error): void {
    if (track.isClosed) return;
    track.fail(reason, this.host.pace.now());
    this.host.lost();
  }

  /** Returns whether something of the answer is still to be read. */
  private accept(
    state: BrokerState,
    asked: ReadonlyMap<string, Asked>,
    { answer, lease }: { answer: FetchAnswer; lease: FrameLease | undefined },
  ): boolean {
    if (answer.errorCode !== errorCode.NONE) {
      const reason = brokerError(answer.errorCode, undefined, `broker ${state.id} refused to be read from`);
      for (const { track } of asked.values()) this.elsewhere(track, reason);
      return false;
    }
    const isResponseEmpty = isEmpty(answer);
    const isCommittedOnly = this.host.settings.isolationLevel === 'read_committed';
    const { maxResponseBytes: maxBytes } = this.host.cluster.direct.settings;
    const endsAtOpen = this.host.settings.openTransactions === 'end';
    const facts = { broker: state.id, maxBytes, isCommittedOnly, endsAtOpen, isResponseEmpty };
    const arrivals: Arrival[] = [];
    const names = new Map(Array.from(asked.values(), ({ track }) => [track.topicId, track.topic]));
    for (const { topic, topicId, partitions } of answer.responses) {
      // Newer versions name topics by their ids only.
      const name = topic === '' ? names.get(topicId) : topic;
      for (const partition of partitions) {
        const { track, position } = asked.get(`${name}-${partition.partitionIndex}`) ?? {};
        // Given up, or moved, while the answer was on its way.
        if (track === undefined || track.isClosed || track.phase !== 'fetch' || track.position !== position) continue;
        const arrival = this.apply(state, track, partition, judgeAnswer(track, partition, facts));
        if (arrival !== undefined) arrivals.push(arrival);
      }
    }
    if (arrivals.length > 0) this.take(state, arrivals, lease);
    return arrivals.length > 0;
  }

  private apply(state: BrokerState, track: PartitionTrack, answer: PartitionAnswer, verdict: Verdict): Arrival | undefined {
    const { host } = this;
    if (verdict.kind === 'elsewhere') this.elsewhere(track, verdict.reason);
    else if (verdict.kind === 'error') this.later(() => Promise.resolve(host.fail(verdict.error)));
    else if (verdict.kind === 'out-of-range') this.outOfRange(track);
    else if (verdict.kind === 'unreadable') this.hold(track, () => this.unreadable(state, track, verdict.error));
    else if (verdict.kind === 'replica') {
      track.prefer(verdict.broker, host.pace.now() + host.cluster.direct.settings.metadataMaxAgeMs);
    } else return this.advance(track, answer, verdict);
    return undefined;
  }

  private advance(track: PartitionTrack, answer: PartitionAnswer, { run, atEnd }: Verdict & { kind: 'data' }): Arrival | undefined {
    const start = track.position;
    track.served();
    if (run.bytesNeeded !== undefined) track.enlarge(run.bytesNeeded);
    else if (run.batches.length === 0) track.trust();
    track.endsSeen = atEnd === 'no' ? 0 : track.endsSeen + 1;
    if (atEnd === 'yes' || track.endsSeen >= maybesNeeded) track.finish();
    else track.advance(run.next, run.leaderEpoch);
    if (track.position === start) return this.noteEnd(track, answer);
    track.isAtEnd = false;
    this.host.moveToEnd(track);
    const { turn, topicId } = track;
    return { track, start, answer, run: { ...run, next: track.position }, turn, topicId };
  }

  /** Tells once each time that a partition has nothing more to give. */
  private noteEnd(track: PartitionTrack, { highWatermark, lastStableOffset }: PartitionAnswer): undefined {
    const { settings } = this.host;
    const { topic, partition, position: offset } = track;
    const isHeldBack = settings.isolationLevel === 'read_committed' && lastStableOffset >= 0n && offset >= lastStableOffset;
    if (track.isAtEnd || track.phase === 'done' || (offset < highWatermark && !isHeldBack)) return undefined;
    track.isAtEnd = true;
    settings.onWait({ topic, partition, offset, end: highWatermark });
    return undefined;
  }

  private outOfRange(track: PartitionTrack): void {
    const { host } = this;
    // A replica may be behind its leader.
    if (track.forgetReplica()) return;
    const { outOfRange } = host.settings;
    const leader = track.leader ?? -1;
    const plain = (): CliError => new CliError('input', `offset ${track.position} of partition ${track.name} is out of range`);
    this.hold(track, async () => {
      if (outOfRange !== 'error') track.reset(outOfRange);
      else host.fail(await outOfRangeError(host, leader, track).catch(plain));
    });
  }

  /** Decides about a partition when all that came before was checked: it may be that its position is wrong. */
  private hold(track: PartitionTrack, decide: () => void | Promise<void>): void {
    const { turn } = track;
    track.isBusy = true;
    this.later(async () => {
      try {
        if (!track.isClosed && track.turn === turn) await decide();
      } finally {
        track.isBusy = false;
        this.host.lost();
      }
    });
  }

  private unreadable(state: BrokerState, track: PartitionTrack, reason: UnreadableAnswer): void {
    // Asked again on a fresh connection: this one may be what changes bytes.
    state.connection?.transport.retire();
    this.doubt(reason, [track]);
  }

  private take(state: BrokerState, arrivals: readonly Arrival[], lease: FrameLease | undefined): void {
    state.arriving++;
    this.later(async () => {
      try {
        await this.unpack(state, arrivals, lease);
      } finally {
        state.arriving--;
      }
    });
  }

  private async unpack(state: BrokerState, arrivals: readonly Arrival[], lease: FrameLease | undefined): Promise<void> {
    const reads = [];
    const broken: (() => void)[] = [];
    const broker = state.id;
    for (const { track, start, answer, run, turn, topicId } of arrivals) {
      if (track.isClosed || track.turn !== turn) continue;
      const { topic, partition, stop } = track;
      const { highWatermark, lastStableOffset, logStartOffset } = answer;
      const facts = { broker, topic, topicId, partition, start, stop, highWatermark, lastStableOffset, logStartOffset };
      const { chunk, nextOffset, error } = await this.unpacker.unpack(facts, answer.records ?? Buffer.alloc(0), run);
      reads.push({ track, chunk, nextOffset, topicId, leaderEpoch: error === undefined ? run.leaderEpoch : undefined });
      if (error instanceof UnreadableAnswer) broken.push(() => this.goBack(state, track, nextOffset, error));
      else if (error !== undefined) broken.push(() => this.host.fail(error));
    }
    this.host.queue.push(broker, reads, lease);
    for (const handle of broken) handle();
  }

  private goBack(state: BrokerState, track: PartitionTrack, position: bigint, reason: UnreadableAnswer): void {
    track.goBackTo(position);
    this.unreadable(state, track, reason);
  }

  private later(work: () => Promise<void>): void {
    this.waiting++;
    this.intake = this.intake
      .then(work)
      .catch((error: unknown) => this.host.fail(toError(error)))
      .finally(() => {
        this.waiting--;
        this.host.ready();
      });
  }
}

function isFetchable(track: PartitionTrack): boolean {
  return track.phase === 'fetch' && !track.isBusy && !track.isClosed;
}

function isEmpty({ responses }: FetchAnswer): boolean {
  return responses.every(({ partitions }) => partitions.every(({ records }) => records === null || records.length === 0));
}
