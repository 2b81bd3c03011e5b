/** Lines in a buffer that are records as they stand; whoever takes some moves `start` and `tag` on. */
export interface LineSpan {
  source: Buffer;
  /** First byte of the first line not taken. */
  start: number;
  /** No line ends at or behind this. */
  limit: number;
  /** The byte that ends each line. */
  readonly delimiter: number;
  /** The caller's number of the first line not taken; the others follow. */
  tag: number;
}
