import { CliError } from '../../core/errors.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import { ListOffsets } from '../../protocol/messages/list-offsets.js';
import { brokerError } from '../broker-error.js';
import { groupTopics } from '../group-topics.js';
import type { LogPlace } from './fetcher-options.js';
import type { PartitionTrack } from './partition-track.js';
import type { TrackHost } from './track-host.js';

const timestamps = { earliest: -2n, latest: -1n } as const;

interface LogEnd {
  readonly errorCode: number;
  readonly offset: bigint;
}

/**
 * Looks up the places in logs that partitions are to start from, and sets their positions. With read_committed the end is the
 * last stable offset.
 *
 * @throws CliError `connection`, `timeout`, `unsupported`, `protocol`
 */
export async function resetPositions(host: TrackHost, leader: number, tracks: readonly PartitionTrack[]): Promise<void> {
  const ends = await listEnds(host, leader, tracks, ({ pendingStart = 'earliest' }) =>
    typeof pendingStart === 'string' ? timestamps[pendingStart] : timestamps.latest,
  );
  const recent = new Map(await listRecent(host, leader, tracks));
  for (const track of tracks) {
    if (track.isClosed) continue;
    const isFound = typeof track.pendingStart !== 'object' || recent.has(track.name);
    takeUp(host, track, { end: recent.get(track.name) ?? ends.get(track.name), isFound });
  }
}

/** What a time finds. Asked for after the end, so that a record that comes between the two questions is read as well. */
async function listRecent(
  host: TrackHost,
  leader: number,
  tracks: readonly PartitionTrack[],
): Promise<readonly (readonly [string, LogEnd])[]> {
  const lookbacks = new Map(
    tracks.flatMap((track) => (typeof track.pendingStart === 'object' ? [[track, track.pendingStart.lookbackMs] as const] : [])),
  );
  if (lookbacks.size === 0) return [];
  const now = Date.now();
  // Negative times have meanings of their own.
  const since = (track: PartitionTrack): bigint => BigInt(Math.max(0, Math.floor(now - (lookbacks.get(track) ?? 0))));
  const found = await listEnds(host, leader, [...lookbacks.keys()], since);
  return [...found].filter(([, { errorCode: code, offset }]) => code !== errorCode.NONE || offset >= 0n);
}

function takeUp(
  host: TrackHost,
  track: PartitionTrack,
  { end, isFound }: { readonly end: LogEnd | undefined; readonly isFound: boolean },
): void {
  const code = end?.errorCode ?? errorCode.UNKNOWN_SERVER_ERROR;
  if (end === undefined || code !== errorCode.NONE) {
    const what = `cannot find the ${describePlace(track.pendingStart)} offset of partition ${track.name}`;
    const error = brokerError(code, undefined, what).withTopic(track.topic);
    const canRetry = kafkaError(code).retriable || code === errorCode.UNKNOWN_SERVER_ERROR;
    return canRetry ? track.fail(error, host.pace.now()) : host.fail(error);
  }
  const { isStarting, isRecreated, position: from, topic, partition } = track;
  track.served();
  track.jump(end.offset);
  // Where nothing is as recent as that, what comes is read from the end on, but no group is to go on from there before it came.
  if (isFound) host.jumped(track);
  else track.delivered = undefined;
  if (!isStarting) host.settings.onEvent({ kind: isRecreated ? 'recreated' : 'reset', topic, partition, from, to: end.offset });
}

function describePlace(place: LogPlace = 'earliest'): string {
  return typeof place === 'string' ? place : 'first recent';
}

/**
 * The error for an offset that the log does not hold, with the range that it does hold.
 *
 * @throws CliError where even that cannot be asked
 */
export async function outOfRangeError(host: TrackHost, leader: number, track: PartitionTrack): Promise<CliError> {
  const [first, last] = await Promise.all(
    [timestamps.earliest, timestamps.latest].map(async (time) =>
      (await listEnds(host, leader, [track], () => time)).get(track.name),
    ),
  );
  const isKnown = first?.errorCode === errorCode.NONE && last?.errorCode === errorCode.NONE;
  const range = isKnown ? `: its log goes from ${first.offset} to ${last.offset}` : '';
  return new CliError('input', `offset ${track.position} of partition ${track.name} is out of range${range}`);
}

async function listEnds(
  host: TrackHost,
  leader: number,
  tracks: readonly PartitionTrack[],
  timestamp: (track: PartitionTrack) => bigint,
): Promise<Map<string, LogEnd>> {
  const { direct } = host.cluster;
  const topics = groupTopics(tracks, (track) => ({
    partitionIndex: track.partition,
    currentLeaderEpoch: track.leaderEpoch ?? -1,
    timestamp: timestamp(track),
  }));
  const connection = await direct.connection(leader, 'control', { signal: host.signal });
  const isolationLevel = host.settings.isolationLevel === 'read_committed' ? 1 : 0;
  const limits = { timeoutMs: direct.settings.requestTimeoutMs, signal: host.signal };
  const response = await connection.send(ListOffsets, { replicaId: -1, isolationLevel, topics }, limits);
  return new Map(
    response.topics.flatMap(({ name, partitions }) => partitions.map((end) => [`${name}-${end.partitionIndex}`, end] as const)),
  );
}
