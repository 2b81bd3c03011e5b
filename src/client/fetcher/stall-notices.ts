import type { PartitionTrack } from './partition-track.js';
import type { TrackHost } from './track-host.js';

/** A leader is found sooner than that while nothing is wrong but a broker. */
const stallMs = 5000;

/** Tells of partitions that are waited for without end: once each time, and the same reason once for all that share it. */
export class StallNotices {
  private readonly told = new Map<PartitionTrack, string>();

  tell(host: TrackHost): void {
    const now = host.pace.now();
    for (const track of this.told.keys()) if (track.troubleSince === undefined || track.isClosed) this.told.delete(track);
    const reasons = new Set(this.told.values());
    for (const track of host.tracks()) {
      const { trouble: reason, troubleSince, topic, partition } = track;
      if (reason === undefined || troubleSince === undefined || now - troubleSince < stallMs || this.told.has(track)) continue;
      this.told.set(track, reason.message);
      if (!reasons.has(reason.message)) host.settings.onEvent({ kind: 'stalled', topic, partition, reason });
      reasons.add(reason.message);
    }
  }
}
