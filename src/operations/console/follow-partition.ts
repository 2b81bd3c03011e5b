import { openFetcher } from '../../client/fetcher/fetcher.js';
import type { OffsetToCommit } from '../../client/offset-topics.js';
import type { FetchStart, OutOfRangePolicy } from '../../client/fetcher/fetcher-options.js';
import { commitOffsets } from '../../client/groups/commit-offsets.js';
import { every } from '../../timers/timers.js';
import type { Context } from '../context.js';
import { GroupCommits } from './group-commits.js';
import type { CommitPolicy } from './group-consume-options.js';
import { type PrintableChunk, type PrintOptions, type PrintOutcome, RecordPrinter } from './print-records.js';
import type { ReadOptions } from './read-ranges.js';

export interface FollowOptions extends ReadOptions {
  readonly topic: string;
  readonly partition: number;
  readonly start: FetchStart;
  /** Where to go on when the log does not hold the offset to be read. */
  readonly outOfRange: OutOfRangePolicy;
  readonly onFormatError?: PrintOptions['onFormatError'];
  readonly tally?: PrintOptions['tally'];
  /** A group that is told where the partition stands, every so often and at the end, without being joined. */
  readonly commit?: { readonly groupId: string; readonly policy: Extract<CommitPolicy, { kind: 'interval' }> } | undefined;
}

/**
 * Prints one partition for as long as the signal lets it, whether or not it is there yet.
 *
 * @throws CliError `io` (the sink), and what the fetcher throws
 */
export async function followPartition(context: Context, options: FollowOptions): Promise<PrintOutcome> {
  const { topic, partition, start, outOfRange, isCommittedOnly, fetch = {} } = options;
  const { maxMessages, idleTimeoutMs, commit } = options;
  const { signal } = context;
  const cluster = await context.connect();
  const fetcher = openFetcher(cluster, {
    ...fetch,
    ranges: [{ topic, partition, start }],
    signal,
    isolationLevel: isCommittedOnly ? 'read_committed' : 'read_uncommitted',
    outOfRange,
    missing: 'wait',
    reusesMemory: true,
    unavailableTimeoutMs: Infinity,
  });
  const commits = new GroupCommits(async (offsets) => {
    // Its own signal: what was printed must be committed, also when the printing was interrupted.
    const { signal: lasting } = new AbortController();
    if (commit !== undefined) await commitOffsets(cluster, commit.groupId, offsets, { signal: lasting });
    return [];
  });
  const onWritten = commit && ((place: OffsetToCommit): void => commits.reach(place));
  const printer = new RecordPrinter({ ...options, maxMessages, idleTimeoutMs, signal, onWritten });
  /** Everything handed out has been formatted. */
  let isWaiting = false;
  const next = async (): Promise<PrintableChunk | undefined> => {
    isWaiting = true;
    const chunk = await fetcher.next();
    isWaiting = chunk === undefined;
    return chunk;
  };
  const commitPlace = async (): Promise<void> => {
    const offset = isWaiting && printer.isFlushed ? fetcher.position({ topic, partition }) : undefined;
    if (offset !== undefined) commits.reach({ topic, partition, offset });
    // As with Kafka's consumer, reading goes on without.
    await commits.commit().catch(() => undefined);
  };
  const timer = commit && every(commit.policy.ms, () => void commitPlace());
  try {
    return await printer.print({ next });
  } finally {
    timer?.cancel();
    if (commit !== undefined) await commitPlace();
    await fetcher.close();
  }
}
