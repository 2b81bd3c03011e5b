import { compareText } from '../compare-text.js';
import type { Translation } from './translation.js';

/** Where a group's offsets are to go. */
export type ResetTarget =
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest' }
  /** The committed offset, moved only where it lies outside the log; the end where there is none (as in Kafka's tool). */
  | { readonly kind: 'current' }
  | { readonly kind: 'offset'; readonly offset: bigint }
  | { readonly kind: 'shift'; readonly by: bigint }
  /** The first record at or after a time; the lookup itself is in {@link ResetInput.atTime}. */
  | { readonly kind: 'time'; readonly timestamp: number }
  /** An offset of its own for each partition: from a file, or from another group. One outside the log is a problem with `mustFit`. */
  | { readonly kind: 'given'; readonly mustFit?: boolean }
  /** The same record in another log, found by its time: {@link ResetInput.translation}, looked up in {@link ResetInput.atTime}. */
  | { readonly kind: 'translated' };

/** What is known of one partition when a reset is planned. */
export interface ResetInput {
  readonly topic: string;
  readonly partition: number;
  /** Below zero where a client wrote that. */
  readonly committed: bigint | undefined;
  readonly start: bigint;
  readonly end: bigint;
  /** For `time` and `translated`: the first offset at or after it; `undefined` where every record is older. */
  readonly atTime?: bigint | undefined;
  /** For `given`: the partition's offset, and the leader epoch to commit with it where it still holds. */
  readonly given?: { readonly offset: bigint; readonly leaderEpoch?: number; readonly metadata?: string };
  /** For `translated`: what the file says of the partition; its metadata is in `given`. */
  readonly translation?: Translation | undefined;
}

/** Why a row's new offset is not simply what was asked for. */
export type ResetNote =
  'clamped-to-start' | 'clamped-to-end' | 'no-commit' | 'below-zero' | 'no-later-record' | 'no-time-known' | 'last-record-again';

export interface ResetRow {
  readonly topic: string;
  readonly partition: number;
  readonly before: bigint | undefined;
  readonly after: bigint;
  /** Records that will be read a second time; undefined where it is not known what the group has read. */
  readonly rereads: bigint | undefined;
  /** Records that will never be read by this group; undefined like `rereads`. */
  readonly skips: bigint | undefined;
  readonly changes: boolean;
  readonly note: ResetNote | undefined;
  readonly leaderEpoch?: number;
  readonly metadata?: string;
  /** For `translated`: by what the new offset was found. */
  readonly translation?: Translation;
}

/** A reset that cannot be planned for a partition. */
export interface ResetProblem {
  readonly topic: string;
  readonly partition: number;
  readonly message: string;
}

export interface ResetPlan {
  readonly rows: readonly ResetRow[];
  readonly problems: readonly ResetProblem[];
}

/** Works out the new offset of every partition; nothing is applied unless `problems` is empty. Rows are sorted. */
export function planReset(target: ResetTarget, inputs: readonly ResetInput[]): ResetPlan {
  const rows: ResetRow[] = [];
  const problems: ResetProblem[] = [];
  const sorted = [...inputs].sort((left, right) => compareText(left.topic, right.topic) || left.partition - right.partition);
  for (const input of sorted) {
    const aim = aimOf(target, input);
    if (typeof aim === 'string') problems.push({ topic: input.topic, partition: input.partition, message: aim });
    else rows.push(toRow(input, aim));
  }
  return { rows, problems };
}

interface Aim {
  readonly offset: bigint;
  readonly note?: ResetNote;
}

function aimOf(target: ResetTarget, input: ResetInput): Aim | string {
  switch (target.kind) {
    case 'earliest':
      return { offset: input.start };
    case 'latest':
      return { offset: input.end };
    case 'current':
      if (input.committed === undefined) return { offset: input.end, note: 'no-commit' };
      return input.committed < 0n ? belowZero(input.committed) : { offset: input.committed };
    case 'offset':
      return { offset: target.offset };
    case 'shift':
      if (input.committed === undefined) return 'has no committed offset to shift from';
      if (input.committed < 0n) return belowZero(input.committed);
      return { offset: input.committed + target.by };
    case 'time':
      return input.atTime === undefined ? { offset: input.end, note: 'no-later-record' } : { offset: input.atTime };
    case 'given':
      return input.given === undefined ? 'has no offset in what was given' : givenAim(input.given.offset, target, input);
    case 'translated':
      return translatedAim(input);
  }
}

function givenAim(offset: bigint, { mustFit = false }: { readonly mustFit?: boolean }, { start, end }: ResetInput): Aim | string {
  if (mustFit && offset > end) return `has the offset ${offset}, which lies beyond the end of the log at ${end}`;
  if (mustFit && offset < start) return `has the offset ${offset}, which lies below the start of the log at ${start}`;
  return { offset };
}

function belowZero(committed: bigint): string {
  return `has a commit below zero (${committed}), which is no place in the log; say where to, for example --to-earliest`;
}

/** Never behind the first unread record: where it is not known, the start; where it is not there yet, the end. */
function translatedAim({ translation, atTime, start, end }: ResetInput): Aim | string {
  if (translation === undefined) return 'has no offset in what was given';
  if (translation.timestamp === undefined) return { offset: start, note: 'no-time-known' };
  if (atTime === undefined) return { offset: end, note: 'no-later-record' };
  return { offset: atTime, ...(translation.atEnd && { note: 'last-record-again' }) };
}

function toRow(input: ResetInput, aim: Aim): ResetRow {
  const { topic, partition, committed, start, end, given, translation } = input;
  const repaired = committed !== undefined && committed < 0n ? 'below-zero' : undefined;
  const note = aim.offset < start ? 'clamped-to-start' : aim.offset > end ? 'clamped-to-end' : (aim.note ?? repaired);
  const after = aim.offset < start ? start : aim.offset > end ? end : aim.offset;
  const read = readUpTo(input);
  // A leader epoch belongs to one offset; a moved offset must not carry it along.
  const kept = given !== undefined && given.offset === after ? given : undefined;
  return {
    topic,
    partition,
    before: committed,
    after,
    rereads: read === undefined ? undefined : after < read ? read - after : 0n,
    skips: read === undefined ? undefined : after > read ? after - read : 0n,
    changes: committed !== after,
    note,
    ...(kept?.leaderEpoch !== undefined && { leaderEpoch: kept.leaderEpoch }),
    ...(given?.metadata !== undefined && { metadata: given.metadata }),
    ...(translation !== undefined && { translation }),
  };
}

/** What the group has behind it; undefined where its commit is none, or of another log: it could be anything. */
function readUpTo({ committed, start, end }: ResetInput): bigint | undefined {
  if (committed === undefined || committed < 0n || committed > end) return undefined;
  // Records below the start can be neither read again nor skipped.
  return committed < start ? start : committed;
}
