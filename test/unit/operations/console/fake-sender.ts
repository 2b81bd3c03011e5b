import type { ProducerFailure, ProducerReport } from '../../../../src/client/producer/producer-report.js';
import type { RecordRange } from '../../../../src/core/record-formats/record-range.js';
import type { CloseOptions, RecordSender } from '../../../../src/operations/console/deliver-records.js';

/** Keeps a copy of every record, as a producer does. */
export class FakeSender implements RecordSender {
  readonly values: (string | null)[] = [];
  readonly tags: number[] = [];
  readonly closedWith: CloseOptions[] = [];
  failures: ProducerFailure[] = [];
  /** Called with the number of records so far, before each is taken; what it returns is what `append` answers. */
  onAppend: (count: number) => Promise<void> | undefined = () => undefined;

  append(_topic: string, record: RecordRange): Promise<void> | undefined {
    const answer = this.onAppend(this.values.length);
    const { source, valueStart, valueEnd, tag } = record;
    this.values.push(valueStart < 0 ? null : Buffer.from(source.subarray(valueStart, valueEnd)).toString());
    this.tags.push(tag);
    return answer;
  }

  close(options: CloseOptions): Promise<ProducerReport> {
    this.closedWith.push(options);
    const failed = this.failures.reduce((sum, { count }) => sum + count, 0);
    const { failures } = this;
    return Promise.resolve({ acknowledged: this.values.length - failed, sent: 0, failed, failures, unlisted: 0 });
  }
}
