import { CliError } from '../../core/errors.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import { OffsetForLeaderEpoch } from '../../protocol/messages/offset-for-leader-epoch.js';
import { brokerError } from '../broker-error.js';
import { groupTopics } from '../group-topics.js';
import type { PartitionTrack } from './partition-track.js';
import type { TrackHost } from './track-host.js';

/**
 * Asks a new leader where the epoch ended in which the last records were read. Where that is before the position, records that
 * were read have been lost since: an error, or by policy a step back to where the logs part (KIP-320).
 *
 * @throws CliError `connection`, `timeout`, `unsupported`, `protocol`
 */
export async function validatePositions(host: TrackHost, leader: number, tracks: readonly PartitionTrack[]): Promise<void> {
  const { cluster, signal } = host;
  const { direct } = cluster;
  const topics = groupTopics(tracks, ({ partition, leaderEpoch = -1, lastEpoch = -1 }) => ({
    partition,
    currentLeaderEpoch: leaderEpoch,
    leaderEpoch: lastEpoch,
  }));
  const connection = await direct.connection(leader, 'control', { signal });
  const body = { replicaId: -1, topics: topics.map(({ name, partitions }) => ({ topic: name, partitions })) };
  const limits = { timeoutMs: direct.settings.requestTimeoutMs, signal };
  const response = await connection.send(OffsetForLeaderEpoch, body, limits);
  const answers = new Map(
    response.topics.flatMap(({ topic, partitions }) =>
      partitions.map((answer) => [`${topic} ${answer.partition}`, answer] as const),
    ),
  );
  for (const track of tracks) {
    const answer = answers.get(`${track.topic} ${track.partition}`);
    if (!track.isClosed)
      judge(host, track, answer ?? { errorCode: errorCode.UNKNOWN_SERVER_ERROR, endOffset: -1n, leaderEpoch: -1 });
  }
}

interface EpochEnd {
  readonly errorCode: number;
  readonly leaderEpoch: number;
  readonly endOffset: bigint;
}

function judge(host: TrackHost, track: PartitionTrack, { errorCode: code, leaderEpoch, endOffset }: EpochEnd): void {
  if (code !== errorCode.NONE) {
    const what = `cannot compare the position of partition ${track.name} with its leader`;
    const error = brokerError(code, undefined, what).withTopic(track.topic);
    const canRetry = kafkaError(code).retriable || code === errorCode.UNKNOWN_SERVER_ERROR;
    return canRetry ? track.fail(error, host.pace.now()) : host.fail(error);
  }
  const isKnown = endOffset >= 0n && leaderEpoch >= 0;
  if (isKnown && endOffset >= track.position) return track.validated();
  const { outOfRange, onEvent } = host.settings;
  if (outOfRange === 'error') return host.fail(truncated(track, isKnown ? endOffset : undefined));
  if (!isKnown) return track.reset(outOfRange);
  const from = track.position;
  track.jump(endOffset);
  host.jumped(track);
  onEvent({ kind: 'truncated', topic: track.topic, partition: track.partition, from, to: endOffset });
}

function truncated({ name, position, lastEpoch }: PartitionTrack, end: bigint | undefined): CliError {
  const where = end === undefined ? 'its new leader knows nothing of them' : `its new leader has them only up to offset ${end}`;
  return new CliError(
    'broker',
    `partition ${name} lost records of leader epoch ${lastEpoch ?? -1} below offset ${position}: ${where}`,
  );
}
