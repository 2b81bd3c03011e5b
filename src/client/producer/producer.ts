import type { LineSpan } from '../../core/record-formats/line-span.js';
import type { RecordRange } from '../../core/record-formats/record-range.js';
import type { ProducerReport } from './producer-report.js';
import type { OffsetToCommit } from '../offset-topics.js';
import type { TransactionGroup } from './transaction.js';

/** Writes records to a cluster. Every record that `append` took ends as exactly one of acknowledged, sent (acks=0) or failed. */
export interface Producer {
  /**
   * Takes a record: its bytes are copied at once. Returns undefined when more may follow at once, and otherwise a promise to
   * wait for, so that memory stays bounded; the record is taken either way, unless the promise rejects.
   *
   * @throws CliError `input` for a record that is too large or names a partition that does not exist; `not-found`,
   *   `authorization` (as a rejection) for a topic first used here; after a fatal error, that error
   */
  append(topic: string, record: RecordRange): Promise<void> | undefined;
  /**
   * Takes as many lines of the span as it can at once, as values without a key, and moves the span on. It may take none although
   * there are some: then `append` is to be given the next one. Promise and errors as with `append`.
   */
  appendLines(topic: string, lines: LineSpan): Promise<void> | undefined;
  /** Resolves when every record appended so far has its outcome. */
  flush(): Promise<void>;
  /** What has become of the records so far. */
  report(): ProducerReport;
  /** Sends what is left and ends; what is not delivered in time fails as ABORTED. Default: the delivery timeout decides. */
  close(options?: { readonly timeoutMs?: number }): Promise<ProducerReport>;
  /** Why the producer can go no further; undefined while it can. */
  readonly fatalError: Error | undefined;
  readonly transactions: ProducerTransactions;
}

/** The transactions of a producer with a transactional id (KIP-98). */
export interface ProducerTransactions {
  begin(): void;
  /** Adds offsets that a group has processed (KIP-447). */
  sendOffsets(group: TransactionGroup, offsets: readonly OffsetToCommit[]): Promise<void>;
  /** Waits for all records, then commits. @throws CliError `broker` when a record failed: then only `abort` helps */
  commit(): Promise<void>;
  abort(): Promise<void>;
}
