import { formatTime } from '../core/format-time.js';

/** A record's time for a table ({@link formatTime}). */
export function formatTimestamp(milliseconds: bigint | undefined): string | undefined {
  return milliseconds === undefined ? undefined : formatTime(milliseconds);
}
