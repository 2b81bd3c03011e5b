import type { Cluster } from '../../client/cluster.js';
import { type Bounds, partitionBounds } from '../../client/queries/partition-bounds.js';
import { describeCluster } from '../../client/cluster-info.js';
import { describeTopics } from '../../client/metadata.js';
import { refuseUse, useProblems } from '../../core/offset-file/check-use.js';
import type { OffsetFile } from '../../core/offset-file/offset-file.js';
import { CliError } from '../../core/errors.js';
import type { WindowPartition } from '../../core/offset-targets/plan-window.js';
import { computeReadRange, PastEndError } from '../../core/offset-targets/read-range.js';
import type { Context } from '../context.js';
import type { PrintOutcome } from './print-records.js';
import type { TopicRange } from './range-notices.js';
import { readRanges, type ReadOptions, type Unread } from './read-ranges.js';

export interface ConsumeWindowOptions extends ReadOptions {
  readonly window: readonly WindowPartition[];
  /** The offset files that the window is of. */
  readonly files: readonly (OffsetFile | undefined)[];
  /** Whether offsets of another cluster, or of a topic created anew since, are used all the same. */
  readonly force: boolean;
  /** Stops at the end of each partition as it is now, also where the window has no stop or a later one. */
  readonly exitAtEnd: boolean;
}

/**
 * Prints the records between offsets of partitions of any topics.
 *
 * @throws CliError `not-found` for topics and partitions that do not exist, `input` (start behind the end, offsets of other
 * records), and what `readRanges` throws
 */
export async function consumeWindow(context: Context, options: ConsumeWindowOptions): Promise<PrintOutcome> {
  const cluster = await context.connect();
  await refuseForeign(context, cluster, options);
  return readRanges(context, { ...(await resolveWindow(cluster, options)), exitAtEnd: options.exitAtEnd }, options);
}

/** Only asks where the files say what they are of. */
async function refuseForeign(context: Context, cluster: Cluster, { window, files, force }: ConsumeWindowOptions): Promise<void> {
  const names = new Set(window.map(({ topic }) => topic));
  const taken = files.flatMap((file) => {
    const entries = file?.groups.flatMap(({ partitions }) => partitions).filter(({ topic }) => names.has(topic)) ?? [];
    const isMarked = file?.clusterId !== undefined || entries.some(({ topicId }) => topicId !== undefined);
    return isMarked ? [{ clusterId: file?.clusterId, entries, belowZero: [] }] : [];
  });
  if (taken.length === 0) return;
  const [{ id: clusterId }, topics] = await Promise.all([describeCluster(cluster), describeTopics(cluster, [...names])]);
  const ids = new Map(topics.map(({ name, id }) => [name, id]));
  const problems = new Set(taken.flatMap((each) => useProblems(each, { clusterId, topicId: (topic) => ids.get(topic) })));
  refuseUse([...problems], { force, nothing: 'no records were read', warn: (message) => context.warn(message) });
}

async function resolveWindow(
  cluster: Cluster,
  { window, exitAtEnd, isCommittedOnly }: ConsumeWindowOptions,
): Promise<{ readonly ranges: readonly TopicRange[]; readonly unread: readonly Unread[] }> {
  const bounds = await partitionBounds(cluster, window, 'read_uncommitted');
  const stable = isCommittedOnly ? await partitionBounds(cluster, window, 'read_committed') : bounds;
  const ranges: TopicRange[] = [];
  const unread: Unread[] = [];
  for (const place of window) {
    const { topic, partition } = place;
    const name = `${topic} ${partition}`;
    const found = bounds.get(name);
    const end = stable.get(name)?.end ?? found?.end;
    if (found !== undefined && found.error === undefined)
      ranges.push({ topic, partition, ...rangeOf(place, found, end, exitAtEnd) });
    // Retrying does not make it exist, or allowed.
    else if (found?.error.code === 'not-found' || found?.error.code === 'authorization') throw found.error;
    else unread.push({ topic, partition, reason: found?.error.message ?? 'it was not answered for' });
  }
  return { ranges, unread };
}

function rangeOf(
  { topic, partition, start, stop }: WindowPartition,
  { start: earliest, end: seenEnd }: Extract<Bounds, { error?: never }>,
  end = seenEnd,
  exitAtEnd: boolean,
): Omit<TopicRange, 'topic' | 'partition'> {
  const logEnd = seenEnd > end ? seenEnd : end;
  const isCutShort = exitAtEnd && (stop === undefined || stop > end);
  const wanted = stop === undefined || stop > logEnd ? logEnd : stop;
  try {
    const range = computeReadRange(start ?? earliest, isCutShort ? end : stop, { earliest, end, logEnd });
    return isCutShort && end < wanted ? { ...range, heldBack: wanted - end } : range;
  } catch (error) {
    if (!(error instanceof PastEndError)) throw error;
    const text = `offset ${error.offset} lies behind the end of partition ${topic}-${partition}, which is ${logEnd}`;
    throw new CliError('input', text, { hint: 'is the file of another cluster, or was the topic created again?', cause: error });
  }
}
