import type { FetchedChunk } from '../../client/fetcher/fetched-chunk.js';
import type { RecordCursor } from '../../protocol/records/record-cursor.js';
import type { PolledRecord } from './poll-options.js';

/** Records that one poll gives, some of them perhaps past the limit. */
export interface Poll {
  /** All of them. */
  readonly count: number;
  /** Those that the limit leaves. */
  readonly kept: number;
  readonly firstOffset: bigint;
  /** The last that the limit leaves. */
  readonly lastOffset: bigint;
  /** Behind all of them. */
  readonly nextOffset: bigint;
  /** Those that the limit leaves, where they are wanted. */
  readonly records: readonly Omit<PolledRecord, 'topic' | 'partition'>[];
}

export interface CutOptions {
  readonly maxPollRecords: number;
  readonly withRecords: boolean;
  /** How many records the limit leaves; asked when a poll begins, after those before it were dealt with. */
  readonly room: () => number;
}

/** Cuts a chunk into polls; each is dealt with before the next is asked for, and no more than one batch is held as text. */
export function* cutIntoPolls(chunk: Pick<FetchedChunk, 'batches'>, options: CutOptions): Generator<Poll, void> {
  let open: OpenPoll | undefined;
  for (const walk of chunk.batches()) {
    const full: OpenPoll[] = [];
    let ahead = 0;
    walk((record) => {
      open ??= new OpenPoll(options.room() - ahead, options.withRecords);
      open.add(record);
      if (open.count < options.maxPollRecords) return;
      ahead += open.kept;
      full.push(open);
      open = undefined;
    });
    // Those that are cut off all the way are not polled any more.
    for (const poll of full) if (poll.kept > 0) yield poll;
  }
  if (open !== undefined && open.kept > 0) yield open;
}

class OpenPoll implements Poll {
  count = 0;
  kept = 0;
  firstOffset = -1n;
  lastOffset = -1n;
  nextOffset = -1n;
  readonly records: Omit<PolledRecord, 'topic' | 'partition'>[] = [];
  private readonly room: number;
  private readonly withRecords: boolean;

  constructor(room: number, withRecords: boolean) {
    this.room = room;
    this.withRecords = withRecords;
  }

  add(record: RecordCursor): void {
    const { offset } = record;
    this.count++;
    this.nextOffset = offset + 1n;
    if (this.kept >= this.room) return;
    if (this.kept === 0) this.firstOffset = offset;
    this.kept++;
    this.lastOffset = offset;
    if (!this.withRecords) return;
    const { buffer, keyStart, keyEnd, valueStart, valueEnd } = record;
    this.records.push({ key: textOf(buffer, keyStart, keyEnd), value: textOf(buffer, valueStart, valueEnd), offset });
  }
}

function textOf(buffer: Buffer, start: number, end: number): string | null {
  return start < 0 ? null : buffer.toString('utf8', start, end);
}
