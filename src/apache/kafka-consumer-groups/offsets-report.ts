import type { CommittedOffset } from '../../client/groups/committed-offsets.js';
import type { GroupDescription, GroupMember } from '../../client/groups/describe-groups.js';
import { compareText } from '../../core/compare-text.js';
import type { TopicPartition } from '../../protocol/message.js';
import { hasLeader, readTopics } from './read-topics.js';
import { readCommits, type Commit } from './read-commits.js';
import { readLogOffsets } from './read-log-offsets.js';
import type { GroupsRun } from './groups-run.js';
import { remarkState } from './state-remark.js';
import { columnWidth, tableLine } from './table-line.js';

/** One partition that a group holds or committed an offset for; `end` is undefined while it has no leader. */
export interface OffsetRow extends TopicPartition {
  readonly committed: CommittedOffset | undefined;
  readonly end: bigint | undefined;
  readonly member: GroupMember | undefined;
}

/** Commits and log ends of groups, by group id. The whole fails where one of them does. */
export async function readOffsetRows(
  run: GroupsRun,
  groups: readonly GroupDescription[],
): Promise<ReadonlyMap<string, readonly OffsetRow[]>> {
  const commits = await readCommits(
    run,
    groups.map(({ groupId }) => groupId),
  );
  const rows = groups.map((group) => ({ group, rows: arrange(group, commits.get(group.groupId) ?? []) }));
  const partitions = rows.flatMap(({ rows: arranged }) => arranged);
  const topics = await readTopics(run, partitions);
  const ends = await readLogOffsets(
    run,
    partitions.filter((partition) => hasLeader(topics, partition)),
    { kind: 'latest' },
  );
  return new Map(
    rows.map(({ group, rows: arranged }) => [
      group.groupId,
      arranged.map((row) => ({ ...row, end: ends.get(`${row.topic} ${row.partition}`) })),
    ]),
  );
}

/** Members with most partitions first, then what nobody holds; each by topic and number. */
function arrange({ members }: GroupDescription, commits: readonly Commit[]): Omit<OffsetRow, 'end'>[] {
  const byPlace = new Map(commits.map((commit) => [keyOf(commit), commit]));
  const held = members
    .map((member) => ({ member, assignment: member.assignment ?? [] }))
    .sort((left, right) => right.assignment.length - left.assignment.length)
    .flatMap(({ member, assignment }) =>
      inOrder(assignment).map((place) => ({
        topic: place.topic,
        partition: place.partition,
        committed: byPlace.get(keyOf(place))?.committed,
        member,
      })),
    );
  const isHeld = new Set(held.map(keyOf));
  const others = inOrder(commits.filter((commit) => !isHeld.has(keyOf(commit)))).map(({ topic, partition, committed }) => ({
    topic,
    partition,
    committed,
    member: undefined,
  }));
  return [...held, ...others];
}

function inOrder<T extends TopicPartition>(partitions: readonly T[]): T[] {
  return [...partitions].sort((left, right) => compareText(left.topic, right.topic) || left.partition - right.partition);
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`;
}

const titles = ['GROUP', 'TOPIC', 'PARTITION', 'CURRENT-OFFSET', 'LOG-END-OFFSET', 'LAG', 'CONSUMER-ID', 'HOST', 'CLIENT-ID'];
const epochAt = 3;

/** One group's offsets and lag. */
export function printOffsets(
  run: GroupsRun,
  group: GroupDescription,
  { rows, isVerbose }: { readonly rows: readonly OffsetRow[]; readonly isVerbose: boolean },
): void {
  if (!remarkState(run, group) || rows.length === 0) return;
  const column = (cells: readonly string[]): number => columnWidth(15, cells);
  const widths: (number | undefined)[] = [
    column([group.groupId]),
    column(rows.map(({ topic }) => topic)),
    10,
    15,
    15,
    15,
    column(rows.map(({ member }) => member?.memberId ?? '-')),
    column(rows.map(({ member }) => member?.host ?? '-')),
    undefined,
  ];
  if (isVerbose) widths.splice(epochAt, 0, 15);
  const line = (cells: string[], epoch: string): string => {
    if (isVerbose) cells.splice(epochAt, 0, epoch);
    return `\n${tableLine(cells, widths)}`;
  };
  run.out(line([...titles], 'LEADER-EPOCH'));
  for (const row of rows) run.out(line(cellsOf(group.groupId, row), textOf(row.committed?.leaderEpoch)));
  run.out('\n');
}

function cellsOf(groupId: string, { topic, partition, committed, end, member }: OffsetRow): string[] {
  const offset = committed?.offset;
  return [
    groupId,
    topic,
    String(partition),
    textOf(offset),
    textOf(end),
    textOf(offset === undefined || end === undefined ? undefined : end - offset),
    member?.memberId ?? '-',
    member?.host ?? '-',
    member?.clientId ?? '-',
  ];
}

function textOf(value: bigint | number | undefined): string {
  return value === undefined ? '-' : String(value);
}
