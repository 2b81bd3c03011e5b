/** One record as Kafka's own consumer found it. */
export interface FoundRecord {
  readonly partition: number;
  readonly offset: bigint;
  readonly value: string;
}

/** What became of the records of one run. All but `acknowledged` must be 0 where each record is to be there exactly once. */
export interface Account {
  /** Records the program promised: written ones that were acknowledged, or read ones that were there. */
  readonly acknowledged: number;
  readonly missing: number;
  readonly duplicated: number;
  readonly reordered: number;
}

/** Numbers of lines, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** A line's number stands behind the last blank of its value. */
export function lineNumber(value: string): number {
  return Number(value.slice(value.lastIndexOf(' ') + 1));
}

/**
 * Counts what a producer wrote: lines 1 to `lines`, of which those in `doubtful` were reported as not acknowledged. A doubtful
 * line may be there or not, but not twice.
 */
export function accountForProduced(lines: number, doubtful: readonly LineRange[], found: readonly FoundRecord[]): Account {
  const times = new Map<number, number>();
  for (const { value } of found) {
    const number = lineNumber(value);
    times.set(number, (times.get(number) ?? 0) + 1);
  }
  let acknowledged = 0;
  let missing = 0;
  for (let line = 1; line <= lines; line++) {
    if (doubtful.some(({ first, last }) => line >= first && line <= last)) continue;
    acknowledged++;
    if (!times.has(line)) missing++;
  }
  let duplicated = 0;
  for (const count of times.values()) duplicated += count - 1;
  return { acknowledged, missing, duplicated, reordered: countReordered(found) };
}

/** Counts what a producer said it wrote, with the place of each record. `moved`: there, but not where it was said to be. */
export function accountForPlaced(
  promised: readonly FoundRecord[],
  found: readonly FoundRecord[],
): Account & { readonly moved: number } {
  const places = new Map<string, string[]>();
  const place = ({ partition, offset }: FoundRecord): string => `${partition} ${offset}`;
  for (const record of found) places.set(record.value, [...(places.get(record.value) ?? []), place(record)]);
  let missing = 0;
  let moved = 0;
  for (const record of promised) {
    const there = places.get(record.value);
    if (there === undefined) missing++;
    else if (!there.includes(place(record))) moved++;
  }
  let duplicated = 0;
  for (const there of places.values()) duplicated += there.length - 1;
  return { acknowledged: promised.length, missing, duplicated, reordered: 0, moved };
}

/** Counts what a reader printed against what there was to read. `invented`: printed, but never there. */
export function accountForConsumed(
  found: readonly FoundRecord[],
  printed: readonly FoundRecord[],
): Account & { readonly invented: number } {
  const place = ({ partition, offset, value }: FoundRecord): string => `${partition} ${offset} ${value}`;
  const there = new Set(found.map(place));
  const seen = new Map<string, number>();
  for (const record of printed) seen.set(place(record), (seen.get(place(record)) ?? 0) + 1);
  let invented = 0;
  let duplicated = 0;
  for (const [key, count] of seen) {
    if (!there.has(key)) invented++;
    duplicated += count - 1;
  }
  const missing = [...there].filter((key) => !seen.has(key)).length;
  return { acknowledged: there.size, missing, duplicated, reordered: countOutOfOrder(printed), invented };
}

/** Records whose line number is lower than that of a record before them in their partition. */
export function countReordered(found: readonly FoundRecord[]): number {
  const sorted = [...found].sort((left, right) => Number(left.offset - right.offset));
  const last = new Map<number, number>();
  let reordered = 0;
  for (const { partition, value } of sorted) {
    const number = lineNumber(value);
    if (number < (last.get(partition) ?? 0)) reordered++;
    last.set(partition, Math.max(number, last.get(partition) ?? 0));
  }
  return reordered;
}

/** Records printed behind one with a higher offset of their partition. */
function countOutOfOrder(printed: readonly FoundRecord[]): number {
  const last = new Map<number, bigint>();
  let outOfOrder = 0;
  for (const { partition, offset } of printed) {
    if (offset < (last.get(partition) ?? -1n)) outOfOrder++;
    else last.set(partition, offset);
  }
  return outOfOrder;
}

/** Records below a committed offset that nobody printed: the next member would pass over them. */
export function* skippedByCommits(
  records: readonly FoundRecord[],
  printed: readonly Pick<FoundRecord, 'partition' | 'offset'>[],
  topic: string,
  committed: ReadonlyMap<string, bigint>,
): Iterable<string> {
  const seen = new Set(printed.map(({ partition, offset }) => `${partition} ${offset}`));
  if (records.length > 0 && committed.size === 0) yield 'nothing is committed';
  const skipped = records.filter(
    ({ partition, offset }) => offset < (committed.get(`${topic}-${partition}`) ?? 0n) && !seen.has(`${partition} ${offset}`),
  );
  if (skipped.length > 0) yield `${skipped.length} records below the committed offsets were never printed`;
}
