import { type UnreadableAnswer, unreadableAttempts } from '../unreadable-answer.js';
import type { PartitionTrack } from './partition-track.js';
import type { TrackHost } from './track-host.js';

/**
 * Has partitions asked for again whose answer could not be right, from their positions on, and tells of it once for each
 * position. After enough such answers in a row for one of them, reading ends with what is wrong.
 */
export function doubtAnswer(host: TrackHost, reason: UnreadableAnswer, tracks: readonly PartitionTrack[]): void {
  const now = host.pace.now();
  let isNews = false;
  let most = 0;
  for (const track of tracks) {
    if (track.isClosed) continue;
    const count = track.distrust(reason, now);
    isNews ||= count === 1;
    most = Math.max(most, count);
  }
  const [first] = tracks;
  if (most >= unreadableAttempts) return host.fail(reason.lasting(most));
  if (!isNews || first === undefined) return;
  const { topic, partition } = first;
  host.settings.onEvent({ kind: 'unreadable', topic, partition, reason });
}
