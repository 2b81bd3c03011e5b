import { openFetcher } from '../../client/fetcher/fetcher.js';
import type { FetchStart, OutOfRangePolicy } from '../../client/fetcher/fetcher-options.js';
import type { Context } from '../context.js';
import { printRecords, type PrintOptions, type PrintOutcome } from './print-records.js';
import type { ReadOptions } from './read-ranges.js';

export interface FollowOptions extends ReadOptions {
  readonly topic: string;
  readonly partition: number;
  readonly start: FetchStart;
  /** Where to go on when the log does not hold the offset to be read. */
  readonly outOfRange: OutOfRangePolicy;
  readonly onFormatError?: PrintOptions['onFormatError'];
  readonly tally?: PrintOptions['tally'];
}

/**
 * Prints one partition for as long as the signal lets it, whether or not it is there yet.
 *
 * @throws CliError `io` (the sink), and what the fetcher throws
 */
export async function followPartition(context: Context, options: FollowOptions): Promise<PrintOutcome> {
  const { topic, partition, start, outOfRange, isCommittedOnly, fetch = {} } = options;
  const { maxMessages, idleTimeoutMs } = options;
  const { signal } = context;
  const fetcher = openFetcher(await context.connect(), {
    ...fetch,
    ranges: [{ topic, partition, start }],
    signal,
    isolationLevel: isCommittedOnly ? 'read_committed' : 'read_uncommitted',
    outOfRange,
    missing: 'wait',
    reusesMemory: true,
    unavailableTimeoutMs: Infinity,
  });
  try {
    return await printRecords(fetcher, { ...options, maxMessages, idleTimeoutMs, signal });
  } finally {
    await fetcher.close();
  }
}
