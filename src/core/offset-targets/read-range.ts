import type { OffsetTarget } from './offset-target.js';

/** What is known of one partition when reading starts. */
export interface PartitionBounds {
  /** First offset that is still there. */
  readonly earliest: bigint;
  /** Where a reader of the chosen isolation level stops: the high watermark, or the last stable offset. */
  readonly end: bigint;
  /** The high watermark, where `end` may be less. */
  readonly logEnd?: bigint;
}

/** Offsets to read: from `start` up to but not including `stop`, or for ever. */
export interface ReadRange {
  readonly start: bigint;
  readonly stop: bigint | undefined;
  /** Set where the start asked for is not there: how many offsets before `earliest` it lies. */
  readonly missing?: bigint;
  /** With `missing`: the first offset that is there. */
  readonly logStart?: bigint;
  /** Set where the start asked for lies behind the end of the log, `logEnd`, so that nothing is read. */
  readonly beyond?: bigint;
  readonly logEnd?: bigint;
}

/** A partition's start or stop target that lies behind the end of its log. */
export class PastEndError extends Error {
  readonly offset: bigint;

  constructor(offset: bigint) {
    super(`offset ${offset} lies behind the end of the log`);
    this.name = 'PastEndError';
    this.offset = offset;
  }
}

/**
 * The offset of a target in a partition.
 *
 * @param atTime the first offset at or after the target's time, `undefined` when the log has none (the target is then the end)
 */
export function offsetOfTarget(target: OffsetTarget, bounds: PartitionBounds, atTime: bigint | undefined): bigint {
  switch (target.kind) {
    case 'earliest':
      return bounds.earliest;
    case 'latest':
      return bounds.end;
    case 'offset':
      return target.offset;
    case 'from-end':
    case 'tail':
      return max(bounds.earliest, bounds.end - target.count);
    case 'time':
      return atTime === undefined ? bounds.end : min(atTime, bounds.end);
  }
}

/**
 * The range between two resolved offsets. A start that retention has passed moves to the earliest offset and says so in
 * `missing`. A start behind the end is empty where reading stops at the end, and says so in `beyond`.
 *
 * @throws PastEndError when the start lies behind the end and reading would wait for it, printing what was not asked for
 */
export function computeReadRange(start: bigint, stop: bigint | undefined, bounds: PartitionBounds): ReadRange {
  const { logEnd = bounds.end } = bounds;
  if (stop !== undefined && start >= stop) return { start: stop, stop, ...(start > logEnd && { beyond: start, logEnd }) };
  if (start > logEnd) throw new PastEndError(start);
  if (start < bounds.earliest) {
    const from = stop === undefined ? bounds.earliest : min(bounds.earliest, stop);
    return { start: from, stop, missing: from - start, logStart: bounds.earliest };
  }
  return { start, stop };
}

function max(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}

function min(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
