import type { OffsetEntry } from '../offset-file/offset-file.js';
import type { ResetInput } from './plan-reset.js';

/** Where an offset was taken, or is to be used. */
export interface OffsetPlace {
  readonly clusterId: string | undefined;
  readonly topicId: string | undefined;
}

/**
 * What to commit for an entry. Its leader epoch comes along only where it surely belongs to this log: same cluster, same topic id
 * (elsewhere a consumer would take it for proof that the log was truncated).
 */
export function givenOffset(entry: OffsetEntry, takenFrom: string | undefined, here: OffsetPlace): ResetInput['given'] {
  // A reader that is to reset offsets refuses files with high watermarks, and a commit always has a number.
  if (entry.offset === 'high-watermark') return undefined;
  const isSameLog =
    takenFrom !== undefined && takenFrom === here.clusterId && entry.topicId !== undefined && entry.topicId === here.topicId;
  return {
    offset: entry.offset,
    ...(isSameLog && entry.leaderEpoch !== undefined && { leaderEpoch: entry.leaderEpoch }),
    ...(entry.metadata !== undefined && { metadata: entry.metadata }),
  };
}
