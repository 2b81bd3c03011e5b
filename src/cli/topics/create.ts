import { table, type Report } from '../../output/report.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import { requiredTopicWords, type TopicFlags } from './words.js';
import type { CreatedTopic } from '../../operations/topics/create.js';

interface CreateFlags extends TopicFlags {
  readonly partitions?: number;
  readonly replicationFactor?: number;
  readonly replicaAssignment?: string;
  readonly config?: readonly string[];
  readonly ifNotExists?: boolean;
  readonly dryRun?: boolean;
}

/** `topics create`. */
export const create: Handler<CreateFlags> = async ({ args, options, ctx, session }) => {
  const [{ createTopics }, { parseConfigChanges }, { parseReplicaAssignment }] = await Promise.all([
    import('../../operations/topics/create.js'),
    import('../../core/topics/config-changes.js'),
    import('../../core/topics/replica-assignment.js'),
  ]);
  const results = await createTopics(ctx, {
    names: requiredTopicWords(args, options, 'create'),
    partitions: options.partitions,
    replicationFactor: options.replicationFactor,
    assignment: options.replicaAssignment === undefined ? undefined : parseReplicaAssignment(options.replicaAssignment),
    configs: parseConfigChanges(options.config ?? []),
    ifNotExists: options.ifNotExists === true,
    dryRun: options.dryRun === true,
  });
  failureNotices(session, results);
  return createReport(results, options.dryRun === true);
};

/** The report of `topics create`. */
export function createReport(results: readonly CreatedTopic[], dryRun: boolean): Report {
  return {
    document: {
      dryRun,
      topics: results.map(({ name, status, id, partitionCount, replicationFactor, error }) => ({
        name,
        status,
        topicId: id ?? null,
        partitionCount: partitionCount ?? null,
        replicationFactor: replicationFactor ?? null,
        error: errorDocument(error),
      })),
    },
    tables: [
      table<CreatedTopic>({
        columns: [
          { title: 'TOPIC', value: (row) => row.name },
          { title: 'STATUS', value: (row) => row.status, tone: (row) => (isFailure(row) ? 'bad' : 'good') },
          { title: 'PARTITIONS', value: (row) => row.partitionCount },
          { title: 'REPLICATION-FACTOR', value: (row) => row.replicationFactor },
          { title: 'TOPIC-ID', value: (row) => row.id, wide: true },
        ],
        rows: results,
      }),
    ],
    names: results.filter((result) => !isFailure(result)).map(({ name }) => name),
    ...(results.some(isFailure) && { exitCode: exitCodes.failed }),
  };
}

function isFailure({ status }: CreatedTopic): boolean {
  return status === 'failed' || status === 'unknown';
}
