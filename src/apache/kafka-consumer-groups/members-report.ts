import type { GroupDescription, GroupMember } from '../../client/groups/describe-groups.js';
import { compareText } from '../../core/compare-text.js';
import type { TopicPartition } from '../../protocol/message.js';
import type { GroupsRun } from './groups-run.js';
import { remarkState } from './state-remark.js';
import { columnWidth, tableLine } from './table-line.js';

interface Column {
  readonly title: string;
  readonly least: number;
  readonly cell: (member: GroupMember) => string;
}

/** One group's members. The header stands there also where the state says that there can be none. */
export function printMembers(run: GroupsRun, group: GroupDescription, isVerbose: boolean): void {
  const { members } = group;
  const isMeasured = remarkState(run, group) && members.length > 0;
  const plain = plainColumns(group, isMeasured);
  const plainWidths = plain.map((column) => widthOf(column, isMeasured ? members : []));
  const more = isVerbose ? verboseColumns(group, isMeasured) : [];
  // The last of the columns is padded as well, but for the one that is only there in a group of both protocols.
  const moreWidths = more.map((column) => (column.least === 0 ? undefined : widthOf(column, isMeasured ? members : [])));
  const line = (cell: (column: Column) => string): string =>
    `${tableLine(plain.map(cell), plainWidths)} ${tableLine(more.map(cell), moreWidths)}\n`;
  run.out(`\n${line(({ title }) => title)}`);
  for (const member of members) run.out(line(({ cell }) => cell(member)));
}

function widthOf({ least, cell }: Column, members: readonly GroupMember[]): number {
  return columnWidth(least, members.map(cell));
}

function plainColumns({ groupId, members }: GroupDescription, isMeasured: boolean): Column[] {
  const instance: Column = { title: 'GROUP-INSTANCE-ID', least: 17, cell: ({ instanceId }) => instanceId ?? '' };
  const hasInstances = isMeasured && members.some((member) => instance.cell(member) !== '');
  return [
    { title: 'GROUP', least: 15, cell: () => groupId },
    { title: 'CONSUMER-ID', least: 15, cell: ({ memberId }) => memberId },
    ...(hasInstances ? [instance] : []),
    { title: 'HOST', least: 15, cell: ({ host }) => host },
    { title: 'CLIENT-ID', least: 15, cell: ({ clientId }) => clientId },
    { title: '#PARTITIONS', least: 15, cell: ({ assignment = [] }) => String(assignment.length) },
  ];
}

function verboseColumns({ members, assignmentEpoch }: GroupDescription, isMeasured: boolean): Column[] {
  const speaks = (protocol: GroupMember['speaks']): boolean => members.some((member) => member.speaks === protocol);
  const isMixed = isMeasured && speaks('classic') && speaks('consumer');
  const upgraded: Column = { title: 'UPGRADED', least: 0, cell: (member) => String(member.speaks === 'consumer') };
  return [
    { title: 'CURRENT-EPOCH', least: 15, cell: ({ epoch }) => (epoch === undefined ? '-' : String(epoch)) },
    { title: 'CURRENT-ASSIGNMENT', least: 20, cell: ({ assignment = [] }) => formatAssignment(assignment) },
    { title: 'TARGET-EPOCH', least: 15, cell: () => (assignmentEpoch === undefined ? '-' : String(assignmentEpoch)) },
    { title: 'TARGET-ASSIGNMENT', least: 20, cell: ({ targetAssignment = [] }) => formatAssignment(targetAssignment) },
    ...(isMixed ? [upgraded] : []),
  ];
}

/** `topicA:0,1;topicB:2`: topics and numbers in order; `-` for nothing. */
export function formatAssignment(assignment: readonly TopicPartition[]): string {
  if (assignment.length === 0) return '-';
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of assignment) topics.set(topic, [...(topics.get(topic) ?? []), partition]);
  return [...topics]
    .map(([topic, partitions]) => `${topic}:${[...partitions].sort((left, right) => left - right).join(',')}`)
    .sort(compareText)
    .join(';');
}
