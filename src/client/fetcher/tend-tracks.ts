import { CliError } from '../../core/errors.js';
import { errorCode } from '../../protocol/errors.js';
import { brokerError } from '../broker-error.js';
import { toError } from '../to-error.js';
import { UnreadableAnswer } from '../unreadable-answer.js';
import type { PartitionMetadata, TopicMetadata } from '../topic-metadata.js';
import { doubtAnswer } from './doubt-answer.js';
import { StallNotices } from './stall-notices.js';
import { resetPositions } from './reset-positions.js';
import type { PartitionTrack } from './partition-track.js';
import type { TrackHost } from './track-host.js';
import { validatePositions } from './validate-positions.js';

/** Whether trying again can help: a lost connection or a late answer, but no refusal. */
export function isPassing(error: unknown): error is CliError {
  return error instanceof CliError && (error.code === 'connection' || error.code === 'timeout');
}

// A topic just created is not known to every broker at once, one being deleted comes and goes.
const unknownGraceMs = 5000;

/** Brings partitions that cannot be fetched to where they can: finds leaders, compares positions, looks up ends of logs. */
export class TrackTender {
  private readonly host: TrackHost;
  private isRunning = false;
  private pause = new AbortController();
  private readonly stalls = new StallNotices();

  constructor(host: TrackHost) {
    this.host = host;
    host.signal.addEventListener('abort', () => this.pause.abort(), { once: true });
  }

  /** To be called whenever a partition may need looking after. */
  wake(): void {
    this.pause.abort();
    if (this.isRunning) return;
    this.isRunning = true;
    this.run().catch((error: unknown) => this.host.fail(toError(error)));
  }

  private async run(): Promise<void> {
    const { pace, signal } = this.host;
    while (!signal.aborted) {
      const needy = [...this.host.tracks()].filter(needsCare);
      if (needy.length === 0) break;
      const now = pace.now();
      const due = needy.filter((track) => track.notBefore <= now);
      if (due.length === 0) await this.rest(Math.min(...needy.map((track) => track.notBefore)) - now);
      else await this.round(due);
    }
    // Not in a handler of the promise: a wake in between would be lost.
    this.isRunning = false;
  }

  private async rest(ms: number): Promise<void> {
    this.pause = new AbortController();
    await this.host.pace.sleep(ms, this.pause.signal);
  }

  private async round(due: readonly PartitionTrack[]): Promise<void> {
    const lost = due.filter((track) => track.phase === 'locate');
    if (lost.length > 0) await this.locate(lost);
    for (const [leader, tracks] of byLeader(due, 'validate')) this.send(tracks, () => validatePositions(this.host, leader, tracks));
    for (const [leader, tracks] of byLeader(due, 'reset')) this.send(tracks, () => resetPositions(this.host, leader, tracks));
    this.checkDeadlines();
    this.host.ready();
  }

  /** Leaders answer side by side, and a slow one does not hold up the care for the rest. */
  private send(tracks: readonly PartitionTrack[], ask: () => Promise<void>): void {
    for (const track of tracks) track.isBusy = true;
    ask()
      .catch((error: unknown) => this.failed(tracks, error))
      .finally(() => {
        for (const track of tracks) track.isBusy = false;
        this.host.ready();
        this.wake();
      });
  }

  private failed(tracks: readonly PartitionTrack[], error: unknown): void {
    if (this.host.signal.aborted) return;
    if (error instanceof UnreadableAnswer) return doubtAnswer(this.host, error, tracks);
    if (!isPassing(error)) return this.host.fail(toError(error));
    for (const track of tracks) track.fail(error, this.host.pace.now());
  }

  private async locate(lost: readonly PartitionTrack[]): Promise<void> {
    const { cluster, signal } = this.host;
    const names = [...new Set(lost.map(({ topic }) => topic))];
    const refresh = lost.some((track) => track.trouble !== undefined);
    try {
      const topics = await cluster.direct.topics(names, { refresh, signal });
      for (const track of lost) this.place(track, topics.get(track.topic));
    } catch (error) {
      this.failed(lost, error);
    }
  }

  private place(track: PartitionTrack, topic: TopicMetadata | undefined): void {
    const code = topic?.errorCode ?? errorCode.UNKNOWN_TOPIC_OR_PARTITION;
    const partition = topic?.partitions.find((each) => each.partition === track.partition);
    if (code === errorCode.NONE && topic !== undefined && partition !== undefined) return this.takeUp(track, topic, partition);
    const isUnknown = code === errorCode.UNKNOWN_TOPIC_OR_PARTITION || (code === errorCode.NONE && partition === undefined);
    if (isUnknown) return this.missing(track, code === errorCode.NONE);
    const error = brokerError(code, undefined, `cannot read partition ${track.name}`).withTopic(track.topic);
    if (error.code === 'authorization' || code === errorCode.INVALID_TOPIC_EXCEPTION) this.host.fail(error);
    else track.fail(error, this.host.pace.now());
  }

  private takeUp(track: PartitionTrack, topic: TopicMetadata, { leader, leaderEpoch }: PartitionMetadata): void {
    const now = this.host.pace.now();
    const { missing, outOfRange } = this.host.settings;
    if (track.topicId !== undefined && topic.id !== undefined && topic.id !== track.topicId) {
      if (missing === 'error' || outOfRange === 'error') {
        return this.host.fail(new CliError('not-found', `topic '${track.topic}' was deleted and created again while being read`));
      }
      track.startAnew(outOfRange);
    }
    track.topicId = topic.id ?? track.topicId;
    if (leader === undefined) return track.fail(new CliError('broker', `partition ${track.name} has no leader`), now);
    if (!track.located(leader, leaderEpoch)) {
      track.fail(new CliError('broker', `partition ${track.name} is between two leaders`), now);
    }
  }

  private missing(track: PartitionTrack, hasTopic: boolean): void {
    const now = this.host.pace.now();
    const was = track.topicId !== undefined || track.leader !== undefined;
    const what = hasTopic ? `topic '${track.topic}' has no partition ${track.partition}` : `topic '${track.topic}' does not exist`;
    const text = was && !hasTopic ? `topic '${track.topic}' was deleted while being read` : what;
    const error = new CliError('not-found', text, { hint: 'see which topics exist: kafkit topics list' });
    const isOver = track.troubleSince !== undefined && now - track.troubleSince >= unknownGraceMs;
    if (isOver && this.host.settings.missing === 'error') this.host.fail(error);
    else track.fail(error, now);
  }

  private checkDeadlines(): void {
    const { pace, settings } = this.host;
    if (settings.unavailableTimeoutMs === Infinity) return this.stalls.tell(this.host);
    for (const track of this.host.tracks()) {
      const { trouble, troubleSince } = track;
      if (trouble === undefined || troubleSince === undefined) continue;
      const waited = pace.now() - troubleSince;
      if (waited < settings.unavailableTimeoutMs) continue;
      const text = `partition ${track.name} could not be read for ${Math.round(waited / 1000)} s: ${trouble.message}`;
      const hint = `see its replicas: kafkit topics describe ${track.topic}`;
      return this.host.fail(new CliError('timeout', text, { cause: trouble, hint }));
    }
  }
}

function needsCare(track: PartitionTrack): boolean {
  return !track.isBusy && !track.isClosed && track.phase !== 'fetch' && track.phase !== 'done';
}

function byLeader(tracks: readonly PartitionTrack[], phase: PartitionTrack['phase']): Map<number, PartitionTrack[]> {
  const groups = new Map<number, PartitionTrack[]>();
  for (const track of tracks) {
    if (track.phase !== phase || track.leader === undefined) continue;
    const group = groups.get(track.leader);
    if (group === undefined) groups.set(track.leader, [track]);
    else group.push(track);
  }
  return groups;
}
