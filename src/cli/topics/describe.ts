import type { Handler } from '../handler.js';
import { describeReport } from './describe-report.js';
import { topicSelection, type TopicFlags } from './words.js';
import type { PartitionFilter } from '../../core/topics/partition-health.js';

interface DescribeFlags extends TopicFlags, Partial<Record<PartitionFilter, boolean>> {
  readonly internal?: boolean;
  readonly allConfigs?: boolean;
  readonly withOverrides?: boolean;
}

/** `topics describe`. */
export const describe: Handler<DescribeFlags> = async ({ args, options, ctx, session }) => {
  const [{ describeTopics }, { partitionFilters }] = await Promise.all([
    import('../../operations/topics/describe.js'),
    import('../../core/topics/partition-health.js'),
  ]);
  const filters = partitionFilters.filter((filter) => options[filter] === true);
  const result = await describeTopics(ctx, {
    topics: topicSelection(args, options),
    includeInternal: options.internal === true,
    filters,
    withOverrides: options.withOverrides === true,
  });
  for (const name of result.undecided)
    session.failure(`topic '${name}' may belong here as well: that depends on its settings, which could not be read`);
  return describeReport(result, {
    partitionsOnly: filters.length > 0,
    allConfigs: options.allConfigs === true || options.output === 'wide',
  });
};
