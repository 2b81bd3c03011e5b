import { CliError } from '../../core/errors.js';
import { parseScope } from '../../core/reset/parse-scope.js';
import { table, type Column, type Report } from '../../output/report.js';
import { approval, type ChangeOptions } from '../approval.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import { onlyGroup, type GroupFlags } from './words.js';
import type {
  DeleteOffsetsPlan,
  DeleteOffsetsResult,
  DoomedOffset,
  OffsetDeletion,
} from '../../operations/groups/delete-offsets.js';

interface DeleteOffsetsFlags extends GroupFlags, ChangeOptions {
  readonly topic?: readonly string[];
}

/** `groups delete-offsets`. */
export const removeOffsets: Handler<DeleteOffsetsFlags> = async ({ args, options, ctx, session }) => {
  const groupId = onlyGroup(args, options, 'delete-offsets');
  if (options.topic === undefined) {
    throw new CliError('usage', 'no topic is named', { hint: `name one: kafkit groups delete-offsets ${groupId} --topic TOPIC` });
  }
  const { deleteOffsets } = await import('../../operations/groups/delete-offsets.js');
  const input = { groupId, scope: parseScope(options.topic, options.literal) };
  const result = await deleteOffsets(ctx, input, approval(session, options, 'always', offsetsPlanReport));
  failureNotices(session, result.results ?? []);
  return offsetsReport(result);
};

const columns: readonly Column<DoomedOffset>[] = [
  { title: 'TOPIC', value: (row) => row.topic },
  { title: 'PARTITION', value: (row) => row.partition },
  { title: 'COMMITTED', value: (row) => row.offset },
];

/** The plan of `groups delete-offsets`. */
export function offsetsPlanReport({ groupId, offsets }: DeleteOffsetsPlan): Report {
  return {
    document: {
      group: groupId,
      partitions: offsets.map(({ topic, partition, offset }) => ({
        topic,
        partition,
        committed: offset,
        status: 'planned',
        error: null,
      })),
    },
    tables: [table<DoomedOffset>({ columns, rows: offsets })],
    notes: [`group '${groupId}' forgets these offsets; where it starts again is then up to its auto.offset.reset`],
  };
}

/** The report of `groups delete-offsets`; of a dry run, the plan. */
export function offsetsReport({ plan, results }: DeleteOffsetsResult): Report {
  if (results === undefined) {
    const report = offsetsPlanReport(plan);
    return { ...report, document: { dryRun: true, ...report.document } };
  }
  return {
    document: {
      dryRun: false,
      group: plan.groupId,
      partitions: results.map(({ topic, partition, offset, status, error }) => ({
        topic,
        partition,
        committed: offset,
        status,
        error: errorDocument(error),
      })),
    },
    tables: [
      table<OffsetDeletion>({
        columns: [
          ...columns,
          { title: 'STATUS', value: (row) => row.status, tone: (row) => (row.status === 'deleted' ? 'good' : 'bad') },
        ],
        rows: results,
      }),
    ],
    ...(results.some(({ status }) => status !== 'deleted') && { exitCode: exitCodes.failed }),
  };
}
