import type { FoundRecord } from './ledger.js';

/** Offsets of a partition that a reader told of together, both ends included. */
export interface OffsetRange {
  readonly partition: number;
  readonly first: bigint;
  readonly last: bigint;
}

export interface RangeAccount {
  /** Records that were there to read. */
  readonly acknowledged: number;
  /** Records below one that was told of, never told of themselves. */
  readonly skipped: number;
  /** Records behind everything that was told of. */
  readonly behind: number;
  readonly duplicated: number;
  /** Offsets told of that hold no record. */
  readonly invented: number;
}

/** Counts what a reader told of as ranges of offsets against what there was to read. */
export function accountForRanges(ranges: readonly OffsetRange[], found: readonly FoundRecord[]): RangeAccount {
  const told = new Map<string, number>();
  const highest = new Map<number, bigint>();
  for (const { partition, offset } of ranges.flatMap(placesOf)) {
    const name = `${partition} ${offset}`;
    told.set(name, (told.get(name) ?? 0) + 1);
    if (offset > (highest.get(partition) ?? -1n)) highest.set(partition, offset);
  }
  let skipped = 0;
  let behind = 0;
  const there = new Set<string>();
  for (const { partition, offset } of found) {
    const name = `${partition} ${offset}`;
    there.add(name);
    if (told.has(name)) continue;
    if (offset < (highest.get(partition) ?? -1n)) skipped++;
    else behind++;
  }
  const duplicated = [...told.values()].reduce((total, times) => total + times - 1, 0);
  const invented = [...told.keys()].filter((name) => !there.has(name)).length;
  return { acknowledged: there.size, skipped, behind, duplicated, invented };
}

/** Each offset of a range. */
export function placesOf({ partition, first, last }: OffsetRange): { partition: number; offset: bigint }[] {
  return Array.from({ length: Number(last - first) + 1 }, (_, index) => ({ partition, offset: first + BigInt(index) }));
}
