import type { ProduceReport } from '../../operations/console/produce.js';
import type { LinePlace } from '../../operations/console/line-places.js';
import type { Session } from '../session.js';

/** The JSON document of `console produce`. */
export function produceDocument(report: ProduceReport): Record<string, unknown> {
  const { topic, lines, acknowledged, sent, failed, failures, unlisted, transaction, problem } = report;
  return {
    topic,
    lines,
    acknowledged,
    sentWithoutAcknowledgement: sent,
    failed,
    failures: failures.map((failure) => ({
      partition: failure.partition,
      first: placeDocument(failure.first),
      last: placeDocument(failure.last),
      count: failure.count,
      error: failure.error,
      message: failure.message,
    })),
    failuresNotListed: unlisted,
    transaction: transaction ?? null,
    problem: problem === undefined ? null : problem.message,
  };
}

function placeDocument({ file, line }: LinePlace): Record<string, unknown> {
  return file === undefined ? { line } : { file, line };
}

/** Says on stderr which records were not acknowledged; how many were is the account that the run ends with. */
export function sayProduced(session: Pick<Session, 'failure' | 'account'>, report: ProduceReport): void {
  const { topic, failed, failures, unlisted, transaction, problem } = report;
  const isAborted = transaction === 'aborted';
  if (failed > 0 && !isAborted) session.failure(`${count(failed)} not acknowledged`);
  for (const failure of failures) {
    // Whether a record was thrown away before or after it was sent makes no difference in an aborted transaction.
    if (isAborted && failure.error === 'ABORTED') continue;
    const { partition, first, last, error, message } = failure;
    session.failure(`  ${topic}-${partition}: ${count(failure.count)}, ${between(first, last)}: ${message} (${error})`);
  }
  if (unlisted > 0) session.failure(`  and ${count(unlisted)} more`);
  session.account({ line: accountOf(report), mustBeRead: problem !== undefined });
}

function accountOf({ topic, acknowledged, sent, failed, transaction }: ProduceReport): string {
  if (transaction === 'aborted') return `nothing written to ${topic}: the transaction was aborted`;
  if (sent > 0) return `${count(sent)} sent to ${topic}; with acks 0 nobody acknowledges them`;
  return `${count(acknowledged)} acknowledged in ${topic}${failed > 0 ? `, ${failed} not` : ''}`;
}

function count(records: number): string {
  return records === 1 ? '1 record' : `${records} records`;
}

function between(first: LinePlace, last: LinePlace): string {
  const name = ({ file, line }: LinePlace): string => (file === undefined ? `line ${line}` : `${file} line ${line}`);
  if (first.file === last.file && first.line === last.line) return name(first);
  return `${name(first)} to ${first.file === last.file ? `line ${last.line}` : name(last)}`;
}
