import { executionException, type JavaError } from '../java/java-error.js';
import { javaHashOrder, partitionHashOrder } from '../java/hash-order.js';
import { runtimeException } from '../java/runtime-exception.js';
import { commitResets } from './commit-resets.js';
import { formatCsv } from './format-csv.js';
import type { GroupsRun } from './groups-run.js';
import { askGroups, namedGroups, type GroupAnswer } from './read-groups.js';
import type { NewOffset } from './new-offset.js';
import { planReset } from './reset-plan.js';
import { columnWidth, tableLine } from './table-line.js';

/** New offsets by group id; empty for a group that is left as it is. */
type Resets = ReadonlyMap<string, readonly NewOffset[]>;

/**
 * `--reset-offsets`. Every group is planned before the first is written, so that what cannot be planned for one of them leaves
 * all as they were.
 */
export async function resetOffsets(run: GroupsRun): Promise<void> {
  const answers = await askGroups(run, await namedGroups(run));
  const resets = new Map<string, readonly NewOffset[]>();
  for (const answer of answers) resets.set(answer.groupId, await planGroup(run, answer));
  if (run.options.has('execute') && !run.options.has('dry-run')) await commitResets(run, resets);
  if (run.options.has('export')) printExport(run, resets);
  else printTable(run, resets);
}

async function planGroup(run: GroupsRun, { groupId, group, failure }: GroupAnswer): Promise<readonly NewOffset[]> {
  if (failure !== undefined && !isMissing(failure)) throw runtimeException(executionException(failure));
  // A group begins to exist with its first commit.
  if (group === undefined || group.state === 'Empty' || group.state === 'Dead')
    return partitionHashOrder(await planReset(run, groupId));
  run.printError(`Assignments can only be reset if the group '${groupId}' is inactive, but the current state is ${group.state}.`);
  return [];
}

function isMissing({ javaClass }: JavaError): boolean {
  return javaClass.endsWith('.GroupIdNotFoundException');
}

function printTable(run: GroupsRun, resets: Resets): void {
  const topics = [...resets.values()].flatMap((rows) => rows.map(({ topic }) => topic));
  const widths = [columnWidth(15, [...resets.keys()]), columnWidth(15, topics), 10];
  if (resets.size > 0) run.out(`\n${tableLine(['GROUP', 'TOPIC', 'PARTITION', 'NEW-OFFSET'], widths)}`);
  for (const groupId of javaHashOrder(resets.keys())) {
    for (const { topic, partition, offset } of resets.get(groupId) ?? [])
      run.out(`\n${tableLine([groupId, topic, String(partition), String(offset)], widths)}`);
  }
  run.out('\n');
}

function printExport(run: GroupsRun, resets: Resets): void {
  const isOneGroup = run.options.values('group').length === 1;
  for (const groupId of javaHashOrder(resets.keys())) {
    for (const { topic, partition, offset } of resets.get(groupId) ?? []) {
      const fields = [topic, String(partition), String(offset)];
      run.out(formatCsv(isOneGroup ? fields : [groupId, ...fields]));
    }
  }
  run.out('\n');
}
