import type { FoundRecord } from './ledger.js';

/** Where a reader left out offsets, or went back. */
export interface Jump {
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

/** Every place where the offset printed is not the one behind the last of its partition; partitions start at 0. */
export function findJumps(printed: readonly Pick<FoundRecord, 'partition' | 'offset'>[]): Jump[] {
  const next = new Map<number, bigint>();
  const jumps: Jump[] = [];
  for (const { partition, offset } of printed) {
    const from = next.get(partition) ?? 0n;
    if (offset !== from) jumps.push({ partition, from, to: offset });
    next.set(partition, offset + 1n);
  }
  return jumps;
}
