import { table, type Report } from '../../output/report.js';
import type { Handler } from '../handler.js';
import { topicSelection, type TopicFlags } from './words.js';
import type { ListTopicsResult, TopicSummary } from '../../operations/topics/list.js';

/** `topics list`. */
export const list: Handler<TopicFlags & { internal?: boolean }> = async ({ args, options, ctx, session }) => {
  const { listTopics } = await import('../../operations/topics/list.js');
  const result = await listTopics(ctx, { topics: topicSelection(args, options), includeInternal: options.internal === true });
  for (const word of result.unmatched) session.notice(`no topic matches '${word}'`);
  return listReport(result);
};

/** The report of `topics list`. */
export function listReport({ topics, unmatched }: ListTopicsResult): Report {
  return {
    document: {
      topics: topics.map(({ name, id, internal, partitionCount, replicationFactor }) => ({
        name,
        topicId: id ?? null,
        internal,
        partitionCount,
        replicationFactor,
      })),
    },
    tables: [
      table<TopicSummary>({
        columns: [
          { title: 'TOPIC', value: (row) => row.name },
          { title: 'PARTITIONS', value: (row) => row.partitionCount, wide: true },
          { title: 'REPLICATION-FACTOR', value: (row) => row.replicationFactor, wide: true },
          { title: 'INTERNAL', value: (row) => row.internal, wide: true },
          { title: 'TOPIC-ID', value: (row) => row.id, wide: true },
        ],
        rows: topics,
        ...(unmatched.length === 0 && { empty: 'there are no topics' }),
      }),
    ],
    names: topics.map(({ name }) => name),
  };
}
