import type { Cluster } from '../../client/cluster.js';
import { type Bounds, partitionBounds } from '../../client/queries/partition-bounds.js';
import { CliError } from '../../core/errors.js';
import type { WindowPartition } from '../../core/offset-targets/plan-window.js';
import { computeReadRange, PastEndError } from '../../core/offset-targets/read-range.js';
import type { Context } from '../context.js';
import type { PrintOutcome } from './print-records.js';
import type { TopicRange } from './range-notices.js';
import { readRanges, type ReadOptions, type Unread } from './read-ranges.js';

export interface ConsumeWindowOptions extends ReadOptions {
  readonly window: readonly WindowPartition[];
  /** Stops at the end of each partition as it is now, also where the window has no stop or a later one. */
  readonly exitAtEnd: boolean;
}

/**
 * Prints the records between offsets of partitions of any topics.
 *
 * @throws CliError `not-found` for topics and partitions that do not exist, `input` (start behind the end), and what
 * `readRanges` throws
 */
export async function consumeWindow(context: Context, options: ConsumeWindowOptions): Promise<PrintOutcome> {
  const cluster = await context.connect();
  return readRanges(context, { ...(await resolveWindow(cluster, options)), exitAtEnd: options.exitAtEnd }, options);
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
