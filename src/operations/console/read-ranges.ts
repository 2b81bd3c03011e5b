import type { Cluster } from '../../client/cluster.js';
import { openFetcher } from '../../client/fetcher/fetcher.js';
import type { FetchEvent, FetchSettings } from '../../client/fetcher/fetcher-options.js';
import { CliError } from '../../core/errors.js';
import type { RecordFormatter } from '../../core/record-formats/format-json-line.js';
import type { TopicPartition } from '../../protocol/message.js';
import type { Context } from '../context.js';
import type { ByteSink } from './byte-sink.js';
import { listPartitions } from './describe-member-event.js';
import { printRecords, type PrintOutcome } from './print-records.js';
import { isToBeRead, tellOfNothing, tellOfRanges, type TopicRange } from './range-notices.js';
import { WaitNotices } from './wait-notices.js';
import { watchPartitions } from './watch-partitions.js';

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

/** A partition that cannot be read now, and why. */
export type Unread = TopicPartition & { readonly reason: string };

/** What to read. */
export interface ReadPlan {
  readonly ranges: readonly TopicRange[];
  readonly unread: readonly Unread[];
  /** Ends where an open transaction stands, rather than waiting for its outcome. */
  readonly exitAtEnd: boolean;
  /** Partitions that are added to this topic are read, too, from their beginning. */
  readonly growingTopic?: string | undefined;
}

/**
 * Prints the records of ranges, each partition in its order. Partitions that nobody serves are warned of at the start; the others
 * are read, and then this fails, so that a reader never takes a part for the whole.
 *
 * @throws CliError `partial` for partitions left out, `io` (the sink), `aborted`, and what the fetcher throws
 */
export async function readRanges(context: Context, plan: ReadPlan, options: ReadOptions): Promise<PrintOutcome> {
  const { ranges, unread } = plan;
  tellOfRanges(context, ranges);
  for (const { topic, partition, reason } of unread) context.warn(`partition ${topic}-${partition} cannot be read: ${reason}`);
  const outcome = await printRanges(context, plan, options);
  if (outcome.end === 'interrupted') throw new CliError('aborted', 'interrupted');
  if (unread.length > 0 && outcome.end !== 'closed') throw partial(unread, ranges.length);
  return outcome;
}

async function printRanges(context: Context, plan: ReadPlan, options: ReadOptions): Promise<PrintOutcome> {
  const { isCommittedOnly, fetch = {} } = options;
  const ranges = plan.ranges.filter(isToBeRead);
  if (ranges.length === 0) return { printed: 0, end: 'stop' };
  const cluster = await context.connect();
  const waits = new WaitNotices((line) => context.notice(line));
  waits.follow(ranges);
  const finished = new AbortController();
  const signal = AbortSignal.any([context.signal, finished.signal]);
  const fetcher = openFetcher(cluster, {
    ...fetch,
    ranges,
    signal: context.signal,
    isolationLevel: isCommittedOnly ? 'read_committed' : 'read_uncommitted',
    openTransactions: plan.exitAtEnd ? 'end' : 'wait',
    // The start was there a moment ago: retention has passed it since, and the warning says so.
    outOfRange: 'earliest',
    reusesMemory: true,
    onEvent: (event) => warnOfEvent(context, event),
    onWait: (wait) => waits.note(wait),
  });
  const watching = watchGrowth(cluster, { ...plan, signal }, (added) => {
    context.notice(`new partitions: ${listPartitions(added)}; reading them from their beginning`);
    fetcher.add(added.map((partition) => ({ ...partition, start: 'earliest' })));
    waits.follow(added);
  });
  try {
    const { maxMessages, idleTimeoutMs } = options;
    const outcome = await printRecords(fetcher, { ...options, maxMessages, idleTimeoutMs, signal: context.signal });
    if (outcome.end === 'stop' && outcome.printed === 0) tellOfNothing(context, ranges);
    if (outcome.end === 'idle')
      refuseHeldBack(
        waits.heldBack((partition) => fetcher.position(partition)),
        maxMessages,
      );
    return outcome;
  } finally {
    finished.abort(new CliError('aborted', 'nothing is read any more'));
    await fetcher.close();
    await watching;
  }
}

async function watchGrowth(
  cluster: Cluster,
  { ranges, unread, growingTopic: topic, signal }: ReadPlan & { readonly signal: AbortSignal },
  added: (partitions: readonly TopicPartition[]) => void,
): Promise<void> {
  if (topic === undefined) return;
  const known = [...ranges, ...unread].map(({ partition }) => partition);
  await watchPartitions(cluster, { topic, known, signal }, (numbers) => added(numbers.map((partition) => ({ topic, partition }))));
}

/**
 * For a reader that gave up waiting: records that an open transaction holds back belong to what was asked for, where an end was
 * named.
 *
 * @throws CliError `partial` where that is so
 */
export function refuseHeldBack(held: ReturnType<WaitNotices['heldBack']>, maxMessages: number | undefined): void {
  const short = held.filter(({ stop }) => stop !== undefined || maxMessages !== undefined);
  if (short.length === 0) return;
  const places = short.map(
    ({ topic, partition, offset, stop, end }) => `${topic}-${partition} at offset ${offset} of ${stop ?? end}`,
  );
  throw new CliError('partial', `an open transaction holds back records that were asked for: ${places.join(', ')}`, {
    hint: 'read again when it has ended, or leave --idle-timeout out to wait for it',
  });
}

/** Tells that reading goes on elsewhere than where it stopped, or that an answer is asked for again. */
export function warnOfEvent(context: Context, event: FetchEvent): void {
  if (event.kind === 'unreadable') return context.warn(`${event.reason.message}; asking again`);
  if (event.kind === 'stalled') return context.warn(`${event.reason.message}; waiting for it`);
  const { topic, partition } = event;
  context.warn(`partition ${topic}-${partition}: ${describeJump(event)}; going on at ${event.to}`);
}

function describeJump({ kind, topic, from, to }: Extract<FetchEvent, { from: bigint }>): string {
  if (kind === 'recreated') return `topic '${topic}' was deleted and created again, and what was at offset ${from} is gone with it`;
  if (kind === 'truncated') return `offset ${from} was lost in a change of leader`;
  // Whoever goes back was ahead of everything that the log holds.
  if (to < from) return `offset ${from} lies behind the end of the log: the topic was created again, or records were lost`;
  return `offset ${from} is no longer in the log`;
}

function partial(unread: readonly Unread[], readCount: number): CliError {
  const names = unread.map(({ topic, partition }) => `${topic}-${partition}`).join(', ');
  const count = unread.length + readCount;
  const topics = [...new Set(unread.map(({ topic }) => topic))].join(' ');
  return new CliError('partial', `${unread.length} of ${count} partitions could not be read: ${names}`, {
    hint: `see which brokers are missing: kafkit topics describe ${topics}`,
  });
}
