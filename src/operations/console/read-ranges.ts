import { openFetcher } from '../../client/fetcher/fetcher.js';
import type { FetchEvent, FetchSettings } from '../../client/fetcher/fetcher-options.js';
import { CliError } from '../../core/errors.js';
import type { ReadRange } from '../../core/offset-targets/read-range.js';
import type { RecordFormatter } from '../../core/record-formats/format-json-line.js';
import type { TopicPartition } from '../../protocol/message.js';
import type { Context } from '../context.js';
import type { ByteSink } from './byte-sink.js';
import { printRecords, type PrintOutcome } from './print-records.js';

/** How records are printed, and when printing ends before every range was read. */
export interface ReadOptions {
  readonly format: RecordFormatter;
  readonly sink: ByteSink;
  readonly isCommittedOnly: boolean;
  readonly maxMessages?: number | undefined;
  /** Milliseconds without a record after which reading ends, which is no failure. */
  readonly idleTimeoutMs?: number | undefined;
  readonly fetch?:
    Pick<FetchSettings, 'maxWaitMs' | 'minBytes' | 'maxBytes' | 'partitionMaxBytes' | 'rack' | 'checkCrcs'> | undefined;
}

export type TopicRange = TopicPartition & ReadRange;
/** A partition that cannot be read now, and why. */
export type Unread = TopicPartition & { readonly reason: string };

/**
 * Prints the records of ranges, each partition in its order. Partitions that nobody serves are warned of at the start; the others
 * are read, and then this fails, so that a reader never takes a part for the whole.
 *
 * @throws CliError `partial` for partitions left out, `io` (the sink), `aborted`, and what the fetcher throws
 */
export async function readRanges(
  context: Context,
  { ranges, unread }: { readonly ranges: readonly TopicRange[]; readonly unread: readonly Unread[] },
  options: ReadOptions,
): Promise<PrintOutcome> {
  for (const range of ranges) warnOfMissing(context, range);
  for (const { topic, partition, reason } of unread) context.warn(`partition ${topic}-${partition} cannot be read: ${reason}`);
  const outcome = await printRanges(context, ranges, options);
  if (outcome.end === 'interrupted') throw new CliError('aborted', 'interrupted');
  if (unread.length > 0 && outcome.end !== 'closed') throw partial(unread, ranges.length);
  return outcome;
}

async function printRanges(context: Context, resolved: readonly TopicRange[], options: ReadOptions): Promise<PrintOutcome> {
  const { isCommittedOnly, fetch = {} } = options;
  const { signal } = context;
  const ranges = resolved.filter(({ start, stop }) => stop === undefined || start < stop);
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

function warnOfMissing(context: Context, { topic, partition, start, missing }: TopicRange): void {
  if (missing === undefined) return;
  context.warn(`partition ${topic}-${partition} starts at offset ${start}; the ${missing} before it are gone`);
}

/** Tells that reading goes on elsewhere than where it stopped, or that an answer is asked for again. */
export function warnOfEvent(context: Context, event: FetchEvent): void {
  if (event.kind === 'unreadable') return context.warn(`${event.reason.message}; asking again`);
  if (event.kind === 'stalled') return context.warn(`${event.reason.message}; waiting for it`);
  const { kind, topic, partition, from, to } = event;
  const what = kind === 'reset' ? 'is no longer in the log' : 'was lost in a change of leader';
  context.warn(`partition ${topic}-${partition}: offset ${from} ${what}; going on at ${to}`);
}

function partial(unread: readonly Unread[], readCount: number): CliError {
  const names = unread.map(({ topic, partition }) => `${topic}-${partition}`).join(', ');
  const count = unread.length + readCount;
  const topics = [...new Set(unread.map(({ topic }) => topic))].join(' ');
  return new CliError('partial', `${unread.length} of ${count} partitions could not be read: ${names}`, {
    hint: `see which brokers are missing: kafkit topics describe ${topics}`,
  });
}
