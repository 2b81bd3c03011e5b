import type { TopicPartition } from '../../protocol/message.js';
import type { Context } from '../context.js';
import { listPartitions } from './describe-member-event.js';
import type { PartitionRange } from './resolve-ranges.js';
import { countOffsets } from './wait-notices.js';

/** What to read of one partition, and what is to be told of it; see `PartitionRange`. */
export type TopicRange = TopicPartition & Omit<PartitionRange, 'partition'>;

/** Says what the offsets to be read leave out, before they are read: what is gone, what is held back, and that there are none. */
export function tellOfRanges(context: Context, ranges: readonly TopicRange[]): void {
  for (const range of ranges) {
    warnOfMissing(context, range);
    tellOfHeldBack(context, range);
  }
  const beyond = ranges.filter(({ beyond: offset }) => offset !== undefined);
  for (const { topic, partition, beyond: offset, logEnd } of beyond) {
    context.notice(`offset ${offset} lies behind the end of partition ${topic}-${partition}, which is ${logEnd}`);
  }
  if (ranges.some(isToBeRead)) return;
  const since = ranges.find(({ noneSince }) => noneSince !== undefined)?.noneSince;
  if (since !== undefined) context.notice(`nothing to read: no record is as new as ${new Date(since).toISOString()}`);
  else if (beyond.length > 0) context.notice('nothing to read');
}

/** Says that a range was read from start to stop and no record stood there. */
export function tellOfNothing(context: Context, ranges: readonly TopicRange[]): void {
  const what = 'ends of transactions, aborted records, or gaps that compaction left';
  context.notice(`no record stands between start and stop of ${listPartitions(ranges)}, only ${what}`);
}

/** Whether a range holds offsets, or waits for some. */
export function isToBeRead({ start, stop }: TopicRange): boolean {
  return stop === undefined || start < stop;
}

function warnOfMissing(context: Context, { topic, partition, logStart, missing }: TopicRange): void {
  if (missing === undefined) return;
  context.warn(`partition ${topic}-${partition} starts at offset ${logStart}; the ${missing} asked for before it are gone`);
}

function tellOfHeldBack(context: Context, { topic, partition, stop, heldBack }: TopicRange): void {
  if (heldBack === undefined) return;
  context.notice(
    `partition ${topic}-${partition}: ${countOffsets(heldBack)} held back by open transactions, from offset ${stop} on`,
  );
}
