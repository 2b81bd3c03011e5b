import type { FetchedChunk } from '../../client/fetcher/fetched-chunk.js';
import type { TopicPartition } from '../../protocol/message.js';
import type { RecordCursor } from '../../protocol/records/record-cursor.js';
import type { PolledRange, PolledRecord } from './poll-options.js';

/** Records that one poll gives, some of them perhaps past the limit. */
export interface Poll {
  /** All of them. */
  readonly count: number;
  /** Those that the limit leaves. */
  readonly kept: number;
  /** What the limit leaves, by partition, in the order in which it came. */
  readonly ranges: readonly PolledRange[];
  /** Behind all that was polled of each partition, and behind its chunk where the poll emptied that. */
  readonly ends: readonly (PolledPlace & { readonly offset: bigint; readonly leaderEpoch: number | undefined })[];
  /** The records that the limit leaves, where they are wanted, by partition. */
  readonly records: readonly PolledRecord[];
}

/** What a poll looks at of a chunk. */
export type PolledChunk = Pick<FetchedChunk, 'topic' | 'topicId' | 'partition' | 'batches' | 'nextOffset' | 'leaderEpoch'>;

export interface CutOptions {
  readonly maxPollRecords: number;
  readonly withRecords: boolean;
  /** How many records the limit leaves; asked when a poll begins, after those before it were dealt with. */
  readonly room: () => number;
  /** Another chunk to fill a poll with, where one has been read already. */
  readonly more: () => PolledChunk | undefined;
}

/**
 * Cuts chunks into polls, the first and then those that fill up a poll that has begun; each poll is dealt with before the next is
 * asked for.
 */
export function* cutIntoPolls(first: PolledChunk, options: CutOptions): Generator<Poll, void> {
  let open: OpenPoll | undefined;
  let chunk: PolledChunk | undefined = first;
  while (chunk !== undefined) {
    const { topic, topicId, partition } = chunk;
    for (const walk of chunk.batches()) {
      const full: OpenPoll[] = [];
      let ahead = 0;
      walk((record) => {
        open ??= new OpenPoll(options.room() - ahead, options.withRecords);
        open.add({ topic, topicId, partition }, record);
        if (open.count < options.maxPollRecords) return;
        ahead += open.kept;
        full.push(open);
        open = undefined;
      });
      // Those that are cut off all the way are not polled any more.
      for (const poll of full) if (poll.kept > 0) yield poll;
    }
    open?.empty(chunk);
    chunk = open === undefined ? undefined : options.more();
  }
  if (open !== undefined && open.kept > 0) yield open;
}

type PolledPlace = TopicPartition & Pick<PolledChunk, 'topicId'>;

/** What a poll has of one partition. */
class OpenRange implements PolledRange {
  readonly topic: string;
  readonly topicId: string | undefined;
  readonly partition: number;
  count = 0;
  firstOffset = -1n;
  lastOffset = -1n;
  nextOffset = -1n;
  leaderEpoch: number | undefined;
  readonly records: PolledRecord[] = [];

  constructor({ topic, topicId, partition }: PolledPlace) {
    this.topic = topic;
    this.topicId = topicId;
    this.partition = partition;
  }
}

class OpenPoll implements Poll {
  count = 0;
  kept = 0;
  private readonly all: OpenRange[] = [];
  private readonly room: number;
  private readonly withRecords: boolean;

  constructor(room: number, withRecords: boolean) {
    this.room = room;
    this.withRecords = withRecords;
  }

  get ranges(): readonly PolledRange[] {
    return this.all
      .filter(({ count }) => count > 0)
      .map(({ topic, topicId, partition, count, firstOffset, lastOffset }) => ({
        ...{ topic, topicId, partition },
        ...{ count, firstOffset, lastOffset },
      }));
  }

  get ends(): Poll['ends'] {
    return this.all.map(({ topic, topicId, partition, nextOffset: offset, leaderEpoch }) => ({
      ...{ topic, topicId, partition, offset, leaderEpoch },
    }));
  }

  get records(): readonly PolledRecord[] {
    return this.all.flatMap(({ records }) => records);
  }

  add(place: PolledPlace, record: RecordCursor): void {
    const { offset } = record;
    const range = this.rangeOf(place);
    this.count++;
    range.nextOffset = offset + 1n;
    range.leaderEpoch = undefined;
    if (this.kept >= this.room) return;
    if (range.count === 0) range.firstOffset = offset;
    this.kept++;
    range.count++;
    range.lastOffset = offset;
    if (!this.withRecords) return;
    const { buffer, keyStart, keyEnd, valueStart, valueEnd } = record;
    const [key, value] = [textOf(buffer, keyStart, keyEnd), textOf(buffer, valueStart, valueEnd)];
    const { topic, partition } = place;
    range.records.push({ topic, partition, key, value, offset });
  }

  /** Nothing is left of the chunk; what lies behind its last record (a transaction's end) is passed, too. */
  empty({ topic, topicId, partition, nextOffset, leaderEpoch }: PolledChunk): void {
    const range = this.find({ topic, topicId, partition });
    if (range !== undefined) Object.assign(range, { nextOffset, leaderEpoch });
  }

  private rangeOf({ topic, topicId, partition }: PolledPlace): OpenRange {
    const found = this.find({ topic, topicId, partition });
    if (found !== undefined) return found;
    const range = new OpenRange({ topic, topicId, partition });
    this.all.push(range);
    return range;
  }

  private find({ topic, topicId, partition }: PolledPlace): OpenRange | undefined {
    // Nearly always the last one.
    return this.all.findLast((range) => range.partition === partition && range.topic === topic && range.topicId === topicId);
  }
}

function textOf(buffer: Buffer, start: number, end: number): string | null {
  return start < 0 ? null : buffer.toString('utf8', start, end);
}
