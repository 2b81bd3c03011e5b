import { openFetcher } from '../../client/fetcher/fetcher.js';
import type { FetchEvent, FetchSettings } from '../../client/fetcher/fetcher-options.js';
import { CliError } from '../../core/errors.js';
import type { RecordFormatter } from '../../core/record-formats/format-json-line.js';
import type { Context } from '../context.js';
import type { ByteSink } from './byte-sink.js';
import { printRecords, type PrintOutcome } from './print-records.js';
import { resolveRanges, type PartitionRange, type ReadRequest, type UnreadPartition } from './resolve-ranges.js';

export interface ConsumeOptions extends ReadRequest {
  readonly format: RecordFormatter;
  readonly sink: ByteSink;
  readonly maxMessages?: number | undefined;
  /** Milliseconds without a record after which reading ends, which is no failure. */
  readonly idleTimeoutMs?: number | undefined;
  readonly fetch?:
    Pick<FetchSettings, 'maxWaitMs' | 'minBytes' | 'maxBytes' | 'partitionMaxBytes' | 'rack' | 'checkCrcs'> | undefined;
}

/**
 * Prints a topic's records, each partition in its order. Partitions that nobody serves are warned of at the start; the others
 * are read, and then this fails, so that a reader never takes a part for the whole.
 *
 * @throws CliError `partial` for partitions left out, `not-found`, `input` (start behind the end), `io` (the sink), `aborted`,
 * and what the fetcher throws
 */
export async function consume(context: Context, options: ConsumeOptions): Promise<PrintOutcome> {
  const cluster = await context.connect();
  const { topic, signal } = { topic: options.topic, signal: context.signal };
  const { ranges, unread } = await resolveRanges(cluster, options, signal);
  for (const range of ranges) warnOfMissing(context, topic, range);
  for (const { partition, reason } of unread) context.warn(`partition ${topic}-${partition} cannot be read: ${reason}`);
  const outcome = await readRanges(context, ranges, options);
  if (outcome.end === 'interrupted') throw new CliError('aborted', 'interrupted');
  if (unread.length > 0 && outcome.end !== 'closed') throw partial(topic, unread, ranges.length);
  return outcome;
}

async function readRanges(context: Context, resolved: readonly PartitionRange[], options: ConsumeOptions): Promise<PrintOutcome> {
  const { topic, isCommittedOnly, fetch = {} } = options;
  const { signal } = context;
  const ranges = resolved.filter(({ start, stop }) => stop === undefined || start < stop).map((range) => ({ topic, ...range }));
  if (ranges.length === 0) return { printed: 0, end: 'stop' };
  const cluster = await context.connect();
  const fetcher = openFetcher(cluster, {
    ...fetch,
    ranges,
    signal,
    isolationLevel: isCommittedOnly ? 'read_committed' : 'read_uncommitted',
    // The start was there a moment ago: retention has passed it since, and the warning says so.
    outOfRange: 'earliest',
    onEvent: (event) => warnOfEvent(context, event),
  });
  try {
    return await printRecords(fetcher, {
      ...options,
      maxMessages: options.maxMessages,
      idleTimeoutMs: options.idleTimeoutMs,
      signal,
    });
  } finally {
    await fetcher.close();
  }
}

function warnOfMissing(context: Context, topic: string, { partition, start, missing }: PartitionRange): void {
  if (missing === undefined) return;
  context.warn(`partition ${topic}-${partition} starts at offset ${start}; the ${missing} before it are gone`);
}

function warnOfEvent(context: Context, { kind, topic, partition, from, to }: FetchEvent): void {
  const what = kind === 'reset' ? 'is no longer in the log' : 'was lost in a change of leader';
  context.warn(`partition ${topic}-${partition}: offset ${from} ${what}; going on at ${to}`);
}

function partial(topic: string, unread: readonly UnreadPartition[], readCount: number): CliError {
  const names = unread.map(({ partition }) => `${topic}-${partition}`).join(', ');
  const count = unread.length + readCount;
  return new CliError('partial', `${unread.length} of ${count} partitions could not be read: ${names}`, {
    hint: `see which brokers are missing: kafkit topics describe ${topic}`,
  });
}
