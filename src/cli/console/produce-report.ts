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

/** Says on stderr in which cluster how many records were acknowledged, and which were not; only the latter is said with `--quiet`, too. */
export function sayProduced(session: Pick<Session, 'notice' | 'failure'>, report: ProduceReport, place: string | undefined): void {
  const { topic, acknowledged, sent, failed, failures, unlisted, transaction, problem } = report;
  // After a failure the count is what a user goes on from, so it is no mere notice.
  const say = problem === undefined ? session.notice.bind(session) : session.failure.bind(session);
  if (place !== undefined) say(place);
  if (transaction === 'aborted') say(`nothing written to ${topic}: the transaction was aborted`);
  else if (sent > 0) say(`${count(sent)} sent to ${topic}; with acks 0 nobody acknowledges them`);
  else say(`${count(acknowledged)} acknowledged in ${topic}`);
  const isAborted = transaction === 'aborted';
  if (failed > 0 && !isAborted) session.failure(`${count(failed)} not acknowledged`);
  for (const failure of failures) {
    // Whether a record was thrown away before or after it was sent makes no difference in an aborted transaction.
    if (isAborted && failure.error === 'ABORTED') continue;
    const { partition, first, last, error, message } = failure;
    session.failure(`  ${topic}-${partition}: ${count(failure.count)}, ${between(first, last)}: ${message} (${error})`);
  }
  if (unlisted > 0) session.failure(`  and ${count(unlisted)} more`);
}

function count(records: number): string {
  return records === 1 ? '1 record' : `${records} records`;
}

function between(first: LinePlace, last: LinePlace): string {
  const name = ({ file, line }: LinePlace): string => (file === undefined ? `line ${line}` : `${file} line ${line}`);
  if (first.file === last.file && first.line === last.line) return name(first);
  return `${name(first)} to ${first.file === last.file ? `line ${last.line}` : name(last)}`;
}
