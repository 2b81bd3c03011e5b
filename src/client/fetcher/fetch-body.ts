import type { RequestBody } from '../../protocol/message.js';
import { Fetch } from '../../protocol/messages/fetch.js';
import { zeroUuid } from '../../protocol/primitives.js';
import { responseBudget, type ResolvedFetchSettings } from './fetcher-options.js';
import type { PartitionTrack } from './partition-track.js';

const newestByName = 12;

/** The request for some partitions of one broker out of `brokers`, in their order: brokers fill the response in that order. */
export function fetchBody(
  tracks: readonly PartitionTrack[],
  settings: ResolvedFetchSettings,
  brokers: number,
): RequestBody<typeof Fetch> {
  const topics: { topic: string; topicId: string; partitions: ReturnType<typeof fetchPartition>[] }[] = [];
  for (const track of tracks) {
    const { topic, topicId = zeroUuid } = track;
    const last = topics.at(-1);
    // A topic may stand in the list several times; order matters more than a short request. While one is created again, some of
    // its partitions are still those of the old one.
    if (last?.topic === topic && last.topicId === topicId) last.partitions.push(fetchPartition(track));
    else topics.push({ topic, topicId, partitions: [fetchPartition(track)] });
  }
  const enlarged = tracks.filter((track) => track.isEnlarged).map((track) => track.maxBytes);
  return {
    replicaId: -1,
    maxWaitMs: settings.maxWaitMs,
    minBytes: settings.minBytes,
    maxBytes: Math.max(Math.min(settings.maxBytes, responseBudget(brokers)), ...enlarged),
    isolationLevel: settings.isolationLevel === 'read_committed' ? 1 : 0,
    // A full fetch outside of any session (KIP-227).
    sessionId: 0,
    sessionEpoch: -1,
    topics,
    forgottenTopicsData: [],
    rackId: settings.rack,
  };
}

function fetchPartition(track: PartitionTrack) {
  return {
    partition: track.partition,
    currentLeaderEpoch: track.leaderEpoch ?? -1,
    fetchOffset: track.position,
    logStartOffset: -1n,
    partitionMaxBytes: track.maxBytes,
  };
}

/**
 * The newest version that says which topics are meant: by their ids, so that another topic that has taken the name of one is not
 * read in its stead (KIP-516), unless the brokers gave none.
 */
export function fetchVersion(tracks: readonly PartitionTrack[]): number | undefined {
  return tracks.every(({ topicId }) => topicId !== undefined) ? undefined : newestByName;
}
