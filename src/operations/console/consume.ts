import type { Context } from '../context.js';
import type { PrintOutcome } from './print-records.js';
import { readRanges, type ReadOptions } from './read-ranges.js';
import { resolveRanges, type ReadRequest } from './resolve-ranges.js';

export type ConsumeOptions = ReadRequest & ReadOptions;

/**
 * Prints a topic's records, each partition in its order.
 *
 * @throws CliError `partial` for partitions left out, `not-found`, `input` (start behind the end), `io` (the sink), `aborted`,
 * and what the fetcher throws
 */
export async function consume(context: Context, options: ConsumeOptions): Promise<PrintOutcome> {
  const cluster = await context.connect();
  const { topic, partitions, stop, exitAtEnd } = options;
  const { ranges, unread } = await resolveRanges(cluster, options, context.signal);
  const resolved = {
    ranges: ranges.map((range) => ({ topic, ...range })),
    unread: unread.map((partition) => ({ topic, ...partition })),
    exitAtEnd,
    growingTopic: partitions === undefined && stop === undefined && !exitAtEnd ? topic : undefined,
  };
  return readRanges(context, resolved, options);
}
