import type { FileOffset, OffsetEntry, OffsetFile } from '../offset-file/offset-file.js';

/** One entry for each partition of a file: where several groups name it, the lowest offset, which every one of them has passed. */
export function lowestOffsets(file: OffsetFile): OffsetEntry[] {
  const lowest = new Map<string, OffsetEntry>();
  for (const entry of file.groups.flatMap(({ partitions }) => partitions)) {
    const key = `${entry.topic} ${entry.partition}`;
    const before = lowest.get(key);
    if (before === undefined || isBelow(entry.offset, before.offset)) lowest.set(key, entry);
  }
  return [...lowest.values()];
}

function isBelow(left: FileOffset, right: FileOffset): boolean {
  if (left === 'high-watermark') return false;
  return right === 'high-watermark' || left < right;
}
