/** The numbers of so many partitions. */
export function partitionNumbers(count: number): number[] {
  return Array.from({ length: count }, (_, partition) => partition);
}
