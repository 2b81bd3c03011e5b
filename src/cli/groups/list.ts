import { CliError } from '../../core/errors.js';
import { parseGroupSelection } from '../../core/groups/group-selection.js';
import { table, type Report } from '../../output/report.js';
import { exitCodes } from '../exit.js';
import type { Handler } from '../handler.js';
import { gapNotices, incompleteDocument } from './incomplete.js';
import type { GroupSummary, ListGroupsResult } from '../../operations/groups/list-groups.js';

interface ListFlags {
  readonly literal?: boolean;
  readonly state?: readonly string[];
  readonly type?: readonly string[];
}

const knownStates = [
  'Stable',
  'Empty',
  'Dead',
  'PreparingRebalance',
  'CompletingRebalance',
  'Assigning',
  'Reconciling',
  'NotReady',
  'Initializing',
  'Unknown',
];
const knownTypes = ['classic', 'consumer', 'share', 'streams'];

/** `groups list`. */
export const list: Handler<ListFlags> = async ({ args, options, ctx, session }) => {
  const { listGroups } = await import('../../operations/groups/list-groups.js');
  const result = await listGroups(ctx, {
    selection: parseGroupSelection(args[0] as readonly string[], options.literal), // the command declares [groups...]
    states: checked(options.state, knownStates, '--state'),
    types: checked(options.type, knownTypes, '--type'),
    withMembers: options.output !== 'names',
  });
  const which = result.incomplete.length === 0 ? 'no group' : 'no group that could be listed';
  for (const word of result.unmatched) session.notice(`${which} matches '${word}'`);
  gapNotices(session, result.incomplete);
  return listReport(result);
};

/** The words of a filter, several in one with commas. */
function checked(given: readonly string[] | undefined, known: readonly string[], flag: string): string[] {
  const words = (given ?? []).flatMap((text) => text.split(',')).map((word) => word.trim());
  const wrong = words.find((word) => !known.some((each) => each.toLowerCase() === word.toLowerCase()));
  if (wrong === undefined) return words;
  throw new CliError('usage', `${flag} '${wrong}' is not one of ${known.join(', ')}`);
}

/** The report of `groups list`. */
export function listReport({ groups, incomplete, unmatched }: ListGroupsResult): Report {
  return {
    document: {
      groups: groups.map(({ groupId, state, type, protocolType, coordinator, memberCount }) => ({
        group: groupId,
        state: state === '' ? null : state,
        type,
        protocolType,
        coordinator,
        memberCount: memberCount ?? null,
      })),
      incomplete: incompleteDocument(incomplete),
    },
    tables: [
      table<GroupSummary>({
        columns: [
          { title: 'GROUP', value: (row) => row.groupId },
          { title: 'STATE', value: (row) => (row.state === '' ? undefined : row.state) },
          { title: 'TYPE', value: (row) => row.type },
          { title: 'MEMBERS', value: (row) => row.memberCount },
          { title: 'PROTOCOL', value: (row) => (row.protocolType === '' ? undefined : row.protocolType), wide: true },
          { title: 'COORDINATOR', value: (row) => row.coordinator, wide: true },
        ],
        rows: groups,
        ...(unmatched.length === 0 && incomplete.length === 0 && { empty: 'there are no such groups' }),
      }),
    ],
    names: groups.map(({ groupId }) => groupId),
    ...(incomplete.length > 0 && { exitCode: exitCodes.failed }),
  };
}
