import type { Broker } from '../../client/cluster.js';
import type { GroupDescription } from '../../client/groups/describe-groups.js';
import { inFuture } from './call-failure.js';
import type { GroupsRun } from './groups-run.js';
import { remarkState } from './state-remark.js';
import { columnWidth, tableLine } from './table-line.js';

/** The coordinator of each group, by group id. */
export async function readCoordinators(run: GroupsRun, groups: readonly GroupDescription[]): Promise<ReadonlyMap<string, Broker>> {
  return inFuture('describeConsumerGroups(api=FIND_COORDINATOR)', async () => {
    const cluster = await run.connect();
    const [brokers, ids] = await Promise.all([
      cluster.brokers(),
      Promise.all(groups.map(({ groupId }) => cluster.direct.coordinator('group', groupId, run.limits))),
    ]);
    const byId = new Map(brokers.map((broker) => [broker.id, broker]));
    const found = groups.map(({ groupId }, index) => [groupId, byId.get(ids[index] ?? -1)] as const);
    return new Map(found.flatMap(([groupId, broker]) => (broker === undefined ? [] : [[groupId, broker] as const])));
  });
}

/** One group's coordinator, assignor, state and number of members. */
export function printState(
  run: GroupsRun,
  group: GroupDescription,
  { coordinator, isVerbose }: { readonly coordinator: Broker | undefined; readonly isVerbose: boolean },
): void {
  if (!remarkState(run, group)) return;
  const { groupId, assignor, state, members, epoch, assignmentEpoch } = group;
  const place = coordinator === undefined ? '-' : `${coordinator.host}:${coordinator.port}  (${coordinator.id})`;
  const columns: readonly (readonly [string, number | undefined, string])[] = [
    ['GROUP', columnWidth(15, [groupId]), groupId],
    ['COORDINATOR (ID)', columnWidth(25, [place]), place],
    ['ASSIGNMENT-STRATEGY', 20, assignor === '' ? '-' : assignor],
    ['STATE', 20, state],
    ...(isVerbose
      ? ([
          ['GROUP-EPOCH', 15, epoch === undefined ? '-' : String(epoch)],
          ['TARGET-ASSIGNMENT-EPOCH', 25, assignmentEpoch === undefined ? '-' : String(assignmentEpoch)],
        ] as const)
      : []),
    ['#MEMBERS', undefined, String(members.length)],
  ];
  const widths = columns.map(([, width]) => width);
  for (const cell of [0, 2] as const)
    run.out(
      `\n${tableLine(
        columns.map((column) => column[cell]),
        widths,
      )}`,
    );
  run.out('\n');
}
