import type { GroupDescription } from '../../client/groups/describe-groups.js';
import { compareText } from '../../core/compare-text.js';
import type { GroupsRun } from './groups-run.js';
import { readGroups } from './read-groups.js';

/** `--describe`: one report a group, by id; everything is read before the first is printed. */
export async function describeGroups(run: GroupsRun): Promise<void> {
  const groups = [...(await readGroups(run))].sort((left, right) => compareText(left.groupId, right.groupId));
  const print = await reportFor(run, groups);
  for (const group of groups) await print(group);
}

type Report = (group: GroupDescription) => void | Promise<void>;

async function reportFor(run: GroupsRun, groups: readonly GroupDescription[]): Promise<Report> {
  const isVerbose = run.options.has('verbose');
  if (run.options.has('members')) {
    const { printMembers } = await import('./members-report.js');
    return (group) => printMembers(run, group, isVerbose);
  }
  if (run.options.has('state')) {
    const { readCoordinators, printState } = await import('./state-report.js');
    const coordinators = await readCoordinators(run, groups);
    return (group) => printState(run, group, { coordinator: coordinators.get(group.groupId), isVerbose });
  }
  const { readOffsetRows, printOffsets } = await import('./offsets-report.js');
  const rows = await readOffsetRows(run, groups);
  return (group) => printOffsets(run, group, { rows: rows.get(group.groupId) ?? [], isVerbose });
}
