import { table, type Column, type Report } from '../../output/report.js';
import { approval, type ChangeOptions } from '../approval.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import { requiredTopics, type TopicFlags } from './words.js';
import type { DeletedTopic, DeletePlan, DeleteTopicsResult, DoomedTopic } from '../../operations/topics/delete.js';

interface DeleteFlags extends TopicFlags, ChangeOptions {
  readonly ifExists?: boolean;
  readonly internal?: boolean;
}

/** `topics delete`. */
export const remove: Handler<DeleteFlags> = async ({ args, options, ctx, session }) => {
  const topics = requiredTopics(args, options, 'delete');
  const { deleteTopics } = await import('../../operations/topics/delete.js');
  const input = { topics, includeInternal: options.internal === true, ifExists: options.ifExists === true };
  const result = await deleteTopics(ctx, input, approval(session, options, 'always', planReport));
  for (const word of result.plan.missing) session.notice(`nothing to delete for '${word}'`);
  failureNotices(session, result.results ?? []);
  return deleteReport(result);
};

const planColumns: readonly Column<DoomedTopic>[] = [
  { title: 'TOPIC', value: (row) => row.name },
  { title: 'PARTITIONS', value: (row) => row.partitionCount },
  { title: 'RECORDS', value: (row) => row.records },
  { title: 'INTERNAL', value: (row) => row.internal, wide: true },
];

/** The plan of `topics delete`. */
export function planReport({ topics }: DeletePlan): Report {
  const total = topics.length === 1 ? 'this topic' : `these ${topics.length} topics`;
  return {
    document: {
      topics: topics.map(({ name, internal, partitionCount, records, withoutRecords }) => ({
        name,
        internal,
        partitionCount,
        records: records ?? null,
        ...(withoutRecords > 0 && { withoutRecords }),
        status: 'planned',
        error: null,
      })),
    },
    tables: [table<DoomedTopic>({ columns: planColumns, rows: topics })],
    names: topics.map(({ name }) => name),
    notes: [
      ...topics.flatMap(({ name, partitionCount, withoutRecords }) =>
        withoutRecords === 0
          ? []
          : [`topic '${name}': RECORDS lacks ${withoutRecords} of ${partitionCount} partitions, which did not answer`],
      ),
      `deletes ${total} with every record; RECORDS counts offsets, so compacted topics hold fewer`,
    ],
  };
}

/** The report of `topics delete`; of a dry run, the plan. */
export function deleteReport({ plan, results }: DeleteTopicsResult): Report {
  if (results === undefined) {
    const report = planReport(plan);
    return { ...report, document: { dryRun: true, ...report.document } };
  }
  const planned = new Map(plan.topics.map((topic) => [topic.name, topic]));
  return {
    document: {
      dryRun: false,
      topics: results.map(({ name, status, error }) => {
        const { internal, partitionCount, records, withoutRecords = 0 } = planned.get(name) ?? {};
        const rest = withoutRecords > 0 && { withoutRecords };
        return { name, internal, partitionCount, records: records ?? null, ...rest, status, error: errorDocument(error) };
      }),
    },
    tables: [
      table<DeletedTopic>({
        columns: [
          { title: 'TOPIC', value: (row) => row.name },
          { title: 'STATUS', value: (row) => row.status, tone: (row) => (row.status === 'deleted' ? 'good' : 'bad') },
        ],
        rows: results,
        empty: 'nothing to delete',
      }),
    ],
    names: results.filter(({ status }) => status === 'deleted').map(({ name }) => name),
    ...(results.some(({ status }) => status !== 'deleted') && { exitCode: exitCodes.failed }),
  };
}
