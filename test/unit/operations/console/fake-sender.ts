import type { ProducerFailure, ProducerReport } from '../../../../src/client/producer/producer-report.js';
import type { LineSpan } from '../../../../src/core/record-formats/line-span.js';
import type { RecordRange } from '../../../../src/core/record-formats/record-range.js';
import type { CloseOptions, RecordSender } from '../../../../src/operations/console/deliver-records.js';

/** Keeps a copy of every record, as a producer does. */
export class FakeSender implements RecordSender {
  readonly values: (string | null)[] = [];
  readonly tags: number[] = [];
  readonly closedWith: CloseOptions[] = [];
  failures: ProducerFailure[] = [];
  /** How many lines are taken at a time, call by call, over and over. */
  portions: readonly number[] = [0];
  private calls = 0;
  /** Called with the number of records so far, before each is taken; what it returns is what `append` answers. */
  onAppend: (count: number) => Promise<void> | undefined = () => undefined;

  append(_topic: string, record: RecordRange): Promise<void> | undefined {
    const answer = this.onAppend(this.values.length);
    const { source, valueStart, valueEnd, tag } = record;
    this.values.push(valueStart < 0 ? null : Buffer.from(source.subarray(valueStart, valueEnd)).toString());
    this.tags.push(tag);
    return answer;
  }

  appendLines(_topic: string, lines: LineSpan): Promise<void> | undefined {
    for (let left = this.portions[this.calls++ % this.portions.length] ?? 0; left > 0; left--) {
      const end = lines.source.indexOf(lines.delimiter, lines.start);
      if (end < 0 || end >= lines.limit) return undefined;
      const answer = this.onAppend(this.values.length);
      this.values.push(lines.source.toString('utf8', lines.start, end));
      this.tags.push(lines.tag++);
      lines.start = end + 1;
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  close(options: CloseOptions): Promise<ProducerReport> {
    this.closedWith.push(options);
    const failed = this.failures.reduce((sum, { count }) => sum + count, 0);
    const { failures } = this;
    return Promise.resolve({ acknowledged: this.values.length - failed, sent: 0, failed, failures, unlisted: 0 });
  }
}
