import { approval, type ChangeOptions } from '../approval.js';
import { CliError } from '../../core/errors.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import { alterReport, planReport } from './alter-report.js';
import { requiredTopics, type TopicFlags } from './words.js';

interface AlterFlags extends TopicFlags, ChangeOptions {
  readonly partitions?: number;
  readonly replicaAssignment?: string;
  readonly config?: readonly string[];
  readonly deleteConfig?: readonly string[];
  readonly internal?: boolean;
}

/** `topics alter`. */
export const alter: Handler<AlterFlags> = async ({ args, options, ctx, session }) => {
  const topics = requiredTopics(args, options, 'alter');
  const [{ alterTopics }, { parseConfigChanges }, { parseReplicaAssignment }] = await Promise.all([
    import('../../operations/topics/alter.js'),
    import('../../core/topics/config-changes.js'),
    import('../../core/topics/replica-assignment.js'),
  ]);
  const { partitions, replicaAssignment, config = [], deleteConfig = [] } = options;
  const configs = parseConfigChanges(config, deleteConfig);
  const assignment = replicaAssignment === undefined ? undefined : parseReplicaAssignment(replicaAssignment);
  if (partitions === undefined && assignment === undefined && configs.length === 0) {
    throw new CliError('usage', 'nothing to change is named', { hint: 'give --partitions, --config or --delete-config' });
  }
  const input = { topics, includeInternal: options.internal === true, partitions, assignment, configs };
  const result = await alterTopics(ctx, input, approval(session, options, 'always', planReport));
  for (const line of result.plan.unchanged) session.notice(line);
  failureNotices(session, result.results ?? []);
  return alterReport(result);
};
