import type { ByteSource } from './byte-source.js';

/** A line of the input; the file's name where there are several. */
export interface LinePlace {
  readonly file: string | undefined;
  readonly line: number;
}

/** Numbers the lines of all inputs through, for the producer's tags, and knows which file each number stands in. */
export class LinePlaces {
  private readonly starts: { readonly file: string | undefined; readonly before: number }[] = [];

  /** Says that the lines behind number `before` come from this source. */
  enter(source: ByteSource, before: number): void {
    this.starts.push({ file: source.name, before });
  }

  placeOf(tag: number): LinePlace {
    const start = this.starts.findLast(({ before }) => before < tag);
    return { file: start?.file, line: tag - (start?.before ?? 0) };
  }

  /** `line 7`, or `orders.txt line 7`. */
  describe(tag: number): string {
    const { file, line } = this.placeOf(tag);
    return file === undefined ? `line ${line}` : `${file} line ${line}`;
  }
}
