import { parseGroupName } from '../../core/groups/group-selection.js';
import { groupsOfFile } from '../../core/reset/groups-of-file.js';
import { mapTopics } from '../../core/reset/map-topics.js';
import { parseScope } from '../../core/reset/parse-scope.js';
import { requireTimestamps } from '../../core/reset/translation.js';
import { readOffsetFile } from '../../config/offset-file.js';
import { approval, type ChangeOptions } from '../approval.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import { resetPlanReport, resetReport } from './reset-report.js';
import { saveBefore } from './save-before.js';

interface ImportFlags extends ChangeOptions {
  readonly literal?: boolean;
  readonly group?: string;
  readonly topic?: readonly string[];
  readonly mapTopic?: readonly string[];
  readonly translateByTime?: boolean;
  readonly saveBefore?: string;
  readonly force?: boolean;
}

/** `groups import`. */
export const importGroups: Handler<ImportFlags> = async ({ args, options, ctx, session }) => {
  const path = args[0] as string; // the command declares <file>
  const file = await readOffsetFile(path, { allowHighWatermark: false });
  const rename = options.group === undefined ? undefined : parseGroupName(options.group, '--group', options.literal);
  const groups = mapTopics(groupsOfFile(file, rename, path), options.mapTopic ?? []);
  const scope = options.topic === undefined ? ('committed' as const) : parseScope(options.topic, options.literal);
  const byTime = options.translateByTime === true;
  if (byTime) requireTimestamps(groups, scope, path);
  const save = await saveBefore(session, options.saveBefore, options.dryRun === true);
  const { resetOffsets } = await import('../../operations/groups/reset-offsets.js');
  const input = {
    groupIds: groups.map(({ groupId }) => groupId),
    isLiteral: options.literal,
    source: { kind: 'given', groups, clusterId: file.clusterId, byTime } as const,
    scope,
    save,
    force: options.force === true,
  };
  const result = await resetOffsets(ctx, input, approval(session, options, 'always', resetPlanReport));
  failureNotices(session, result.results ?? []);
  return resetReport(result, options.dryRun === true);
};
