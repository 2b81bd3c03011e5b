import { compareText } from '../compare-text.js';
import type { FileOffset, OffsetEntry, OffsetGroup } from '../offset-file/offset-file.js';

/**
 * How the two sides of a partition stand to each other. `other-topic`, `other-cluster`: they count other records, whatever the
 * numbers are; `below-zero`: one of them is a commit that is no place in a log.
 */
export type DiffState = 'same' | 'changed' | 'only-from' | 'only-to' | 'other-topic' | 'other-cluster' | 'below-zero';

export interface DiffRow {
  /** The group of the offset on the first side, or else of that on the second. */
  readonly group: string | undefined;
  readonly topic: string;
  readonly partition: number;
  readonly from: FileOffset | undefined;
  readonly to: FileOffset | undefined;
  /** `to` minus `from`; undefined where they are no two places in one log. */
  readonly difference: bigint | undefined;
  readonly state: DiffState;
}

export interface OffsetDiff {
  /** Sorted by group, topic and partition. */
  readonly rows: readonly DiffRow[];
  /** Sum of the differences that are known; undefined where none is. */
  readonly total: bigint | undefined;
  /** Rows that have none. */
  readonly withoutDifference: number;
  readonly isEqual: boolean;
}

/**
 * Compares offsets partition by partition. Groups are matched by name; where each side has one only, these two are compared
 * whatever they are called.
 *
 * @param isOneCluster whether both sides count the records of the same logs, as far as that is known
 */
export function computeOffsetDiff(from: readonly OffsetGroup[], to: readonly OffsetGroup[], isOneCluster = true): OffsetDiff {
  const isPair = from.length === 1 && to.length === 1;
  const pairs = isPair ? [{ from: from[0], to: to[0] }] : matchByName(from, to);
  const compared = pairs.flatMap((pair) => diffGroup(pair.from, pair.to)).sort(compareRows);
  const rows = isOneCluster ? compared : compared.map(apart);
  const total = rows.reduce((sum, { difference = 0n }) => sum + difference, 0n);
  const withoutDifference = rows.filter(({ difference }) => difference === undefined).length;
  return {
    rows,
    total: withoutDifference > 0 && withoutDifference === rows.length ? undefined : total,
    withoutDifference,
    isEqual: rows.every(({ state }) => state === 'same'),
  };
}

interface Pair {
  readonly from: OffsetGroup | undefined;
  readonly to: OffsetGroup | undefined;
}

function matchByName(from: readonly OffsetGroup[], to: readonly OffsetGroup[]): Pair[] {
  const byName = new Map(to.map((group) => [group.group, group]));
  const matched = from.map((group) => ({ from: group, to: byName.get(group.group) }));
  const names = new Set(from.map(({ group }) => group));
  return [...matched, ...to.filter(({ group }) => !names.has(group)).map((group) => ({ from: undefined, to: group }))];
}

function diffGroup(from: OffsetGroup | undefined, to: OffsetGroup | undefined): DiffRow[] {
  const group = (from ?? to)?.group;
  const after = new Map(entriesOf(to).map((entry) => [keyOf(entry), entry]));
  const before = new Map(entriesOf(from).map((entry) => [keyOf(entry), entry]));
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => diffEntry(group, before.get(key), after.get(key)) ?? []);
}

function entriesOf(group: OffsetGroup | undefined): readonly OffsetEntry[] {
  return [...(group?.partitions ?? []), ...(group?.belowZero ?? [])];
}

/** A row whose two sides are of different clusters. */
function apart(row: DiffRow): DiffRow {
  if (row.from === undefined || row.to === undefined) return row;
  return { ...row, state: 'other-cluster', difference: undefined };
}

function diffEntry(group: string | undefined, from: OffsetEntry | undefined, to: OffsetEntry | undefined): DiffRow | undefined {
  const either = from ?? to;
  if (either === undefined) return undefined;
  const { topic, partition } = either;
  const state = stateOf(from, to);
  const isComparable = state === 'same' || state === 'changed';
  const difference =
    isComparable && typeof from?.offset === 'bigint' && typeof to?.offset === 'bigint' ? to.offset - from.offset : undefined;
  return { group, topic, partition, from: from?.offset, to: to?.offset, difference, state };
}

function stateOf(from: OffsetEntry | undefined, to: OffsetEntry | undefined): DiffState {
  if (from === undefined) return 'only-to';
  if (to === undefined) return 'only-from';
  if (from.topicId !== undefined && to.topicId !== undefined && from.topicId !== to.topicId) return 'other-topic';
  if (from.offset === to.offset) return 'same';
  return isBelowZero(from) || isBelowZero(to) ? 'below-zero' : 'changed';
}

function isBelowZero({ offset }: OffsetEntry): boolean {
  return offset !== 'high-watermark' && offset < 0n;
}

function keyOf({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic} ${partition}`;
}

function compareRows(left: DiffRow, right: DiffRow): number {
  return (
    compareText(left.group ?? '', right.group ?? '') || compareText(left.topic, right.topic) || left.partition - right.partition
  );
}
