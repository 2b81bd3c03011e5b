import { CliError } from '../../core/errors.js';
import { parseGroupName, type GroupSelection } from '../../core/groups/group-selection.js';
import { parseScope, type TopicScope } from '../../core/reset/parse-scope.js';
import { parseResetAim, type ResetAim, type ResetFlags } from '../../core/reset/parse-reset-target.js';
import { approval, type ChangeOptions } from '../approval.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import { tellTimes } from '../time-notices.js';
import { resetPlanReport, resetReport } from './reset-report.js';
import { saveBefore } from './save-before.js';
import { requiredGroups, type GroupFlags } from './words.js';
import type { OffsetsOfGroups, ResetOffsetsInput } from '../../operations/groups/reset-types.js';

interface ResetCommandFlags extends GroupFlags, ChangeOptions, ResetFlags {
  readonly topic?: readonly string[];
  readonly allTopics?: boolean;
  readonly saveBefore?: string;
  readonly force?: boolean;
}

/** `groups reset-offsets`. */
export const resetOffsets: Handler<ResetCommandFlags> = async ({ args, options, ctx, session }) => {
  const selection = requiredGroups(args, options, 'reset-offsets');
  const now = ctx.now();
  const aim = parseResetAim(options, now);
  const scope = scopeOf(options, aim);
  await tellTimes(session, now, { '--to-datetime': options.toDatetime }, true);
  const time = aim.kind === 'target' && aim.target.kind === 'time' ? aim.target.timestamp : undefined;
  const save = await saveBefore(session, options.saveBefore, options.dryRun === true);
  const source = await sourceOf(aim, selection, options.literal);
  const { resetOffsets: reset } = await import('../../operations/groups/reset-offsets.js');
  const input = { ...selection, isLiteral: options.literal, source, scope, save, force: options.force === true };
  const result = await reset(
    ctx,
    input,
    approval(session, options, 'always', (plan) => resetPlanReport(plan, time)),
  );
  failureNotices(session, result.results ?? []);
  return resetReport(result, options.dryRun === true, time);
};

/** @throws CliError `usage` for none where one is needed, and for topics beside `--all-topics` */
function scopeOf({ topic, allTopics, literal }: ResetCommandFlags, aim: ResetAim): readonly TopicScope[] | 'committed' {
  if (topic !== undefined && allTopics === true) {
    throw new CliError('usage', "topics are named, and '--all-topics' is given too", { hint: 'leave one of them out' });
  }
  if (topic !== undefined) return parseScope(topic, literal);
  if (allTopics === true || aim.kind !== 'target') return 'committed';
  throw new CliError('usage', 'no topic is named', {
    hint: 'name topics (--topic orders, --topic orders:0,1), or say --all-topics',
  });
}

async function sourceOf(
  aim: ResetAim,
  { groupIds, patterns = [] }: GroupSelection,
  literal: boolean | undefined,
): Promise<ResetOffsetsInput['source']> {
  if (aim.kind === 'group') return { ...aim, groupId: parseGroupName(aim.groupId, '--from-group', literal) };
  if (aim.kind !== 'file') return aim;
  const [{ readOffsetFile }, { offsetsOfGroups }] = await Promise.all([
    import('../../config/offset-file.js'),
    import('../../core/reset/groups-of-file.js'),
  ]);
  const file = await readOffsetFile(aim.path, { allowHighWatermark: false });
  const give: OffsetsOfGroups['give'] = (ids) => ({
    kind: 'given',
    groups: offsetsOfGroups(file, ids, aim.path),
    clusterId: file.clusterId,
  });
  // What a file lacks is said before a cluster is needed, where that is known.
  return patterns.length === 0 ? give(groupIds) : { kind: 'of-groups', give };
}
