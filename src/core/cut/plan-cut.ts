import type { FileOffset } from '../offset-file/offset-file.js';

/** Where logs are to be cut: everything below goes. */
export type CutTarget =
  /** The first record at or after a time; the lookup itself is in {@link CutInput.atTime}. */
  | { readonly kind: 'before'; readonly timestamp: number }
  /** That many offsets below the end stay. */
  | { readonly kind: 'keep-last'; readonly count: bigint }
  | { readonly kind: 'end' }
  /** An offset of its own for each partition, from a file. */
  | { readonly kind: 'given' };

/** What is known of one partition when a cut is planned. */
export interface CutInput {
  readonly topic: string;
  readonly partition: number;
  /** First offset of the log. */
  readonly start: bigint;
  /** High watermark, read before `atTime`. */
  readonly end: bigint;
  /** For `before`: the first offset at or after the time; `undefined` where every record is older. */
  readonly atTime?: bigint | undefined;
  /** For `given`: the partition's offset. */
  readonly given?: FileOffset | undefined;
}

/** One partition of a plan: the records from `start` up to `cut` go. */
export interface CutRow {
  readonly topic: string;
  readonly partition: number;
  readonly start: bigint;
  /** The first offset that stays; `start` where nothing goes. */
  readonly cut: bigint;
  readonly end: bigint;
  /** Offsets that go: at least as many as there are records. */
  readonly records: bigint;
}

export interface CutPlan {
  /** Sorted by topic and partition. */
  readonly rows: readonly CutRow[];
  /** Why partitions cannot be cut as asked; nothing is cut unless this is empty. */
  readonly problems: readonly string[];
}

/**
 * Works out where each log is cut. The end is always a number, never "the end at that moment": what is written after the plan
 * was shown stays.
 */
export function planCut(target: CutTarget, inputs: readonly CutInput[]): CutPlan {
  const rows: CutRow[] = [];
  const problems: string[] = [];
  for (const input of [...inputs].sort(comparePartitions)) {
    const { topic, partition, start, end } = input;
    const wanted = cutOf(target, input);
    if (wanted === undefined) problems.push(`${topic}-${partition}: no offset is given`);
    else if (wanted > end) problems.push(`${topic}-${partition}: offset ${wanted} lies beyond the end, which is ${end}`);
    else {
      const cut = wanted < start ? start : wanted;
      rows.push({ topic, partition, start, cut, end, records: cut - start });
    }
  }
  return { rows, problems };
}

function cutOf(target: CutTarget, { end, atTime, given }: CutInput): bigint | undefined {
  switch (target.kind) {
    case 'before':
      // A record that came after the end was read is none of those that the plan is about.
      return atTime === undefined || atTime > end ? end : atTime;
    case 'keep-last':
      return end - target.count;
    case 'end':
      return end;
    case 'given':
      return given === 'high-watermark' ? end : given;
  }
}

/** Orders by topic name and partition. */
export function comparePartitions(
  left: { readonly topic: string; readonly partition: number },
  right: { readonly topic: string; readonly partition: number },
): number {
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1;
  return left.partition - right.partition;
}
