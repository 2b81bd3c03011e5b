import { CliError } from '../../core/errors.js';
import type { PartitionTrack } from './partition-track.js';
import type { TrackHost } from './track-host.js';

/** A topic just created is known to every broker sooner than that. */
const stallMs = 4000;

/** Tells of partitions that are gone and waited for without end: once each time, and the same reason once for all that share it. */
export class StallNotices {
  private readonly told = new Map<PartitionTrack, string>();

  tell(host: TrackHost): void {
    const now = host.pace.now();
    for (const track of this.told.keys()) if (track.troubleSince === undefined || track.isClosed) this.told.delete(track);
    const reasons = new Set(this.told.values());
    for (const track of host.tracks()) {
      const { trouble: reason, troubleSince, topic, partition } = track;
      if (
        reason === undefined ||
        troubleSince === undefined ||
        now - troubleSince < stallMs ||
        this.told.has(track) ||
        !isGone(reason)
      )
        continue;
      this.told.set(track, reason.message);
      if (!reasons.has(reason.message)) host.settings.onEvent({ kind: 'stalled', topic, partition, reason });
      reasons.add(reason.message);
    }
  }
}

/** What brokers merely cannot give now is listed as a wait, and ends by itself. */
function isGone(reason: Error): boolean {
  return reason instanceof CliError && reason.code === 'not-found';
}
