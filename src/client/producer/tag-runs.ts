/** The callers' tags of a batch's records, kept as runs of consecutive numbers: lines of a file mostly are one run. */
export class TagRuns {
  /** Index of the first record of each run, and that record's tag. */
  private readonly starts: number[] = [];
  private readonly tags: number[] = [];
  private count = 0;
  private next = NaN;

  add(tag: number): void {
    if (tag !== this.next) {
      this.starts.push(this.count);
      this.tags.push(tag);
    }
    this.next = tag + 1;
    this.count++;
  }

  /** Adds the tags `first`, `first + 1` and so on. */
  addRun(first: number, count: number): void {
    if (count === 0) return;
    this.add(first);
    this.count += count - 1;
    this.next = first + count;
  }

  /** The tag of the record at `index`, which must be in the batch. */
  at(index: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.starts[middle] as number) <= index)
        low = middle; // middle is within the array
      else high = middle - 1;
    }
    return (this.tags[low] ?? NaN) + index - (this.starts[low] ?? 0);
  }
}
