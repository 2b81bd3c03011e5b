import type { GroupsRun } from './groups-run.js';
import { illegalArgument } from './groups-run.js';
import { listFailure } from './call-failure.js';
import { javaHashOrder } from '../java/hash-order.js';
import { executionException } from '../java/java-error.js';
import { runtimeException } from '../java/runtime-exception.js';
import type { OptionSet } from '../jopt/option-set.js';
import type { ListedGroup } from '../../client/groups/list-groups.js';

const states = ['PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead', 'Empty', 'Assigning', 'Reconciling'];
const types = ['Classic', 'Consumer'];
const leastGroupWidth = 15;

/** `--list`: the ids, or with `--state` or `--type` a table that they may also narrow. */
export async function listGroups(run: GroupsRun): Promise<void> {
  const { options } = run;
  if (!options.has('state') && !options.has('type')) {
    for (const groupId of await listGroupIds(run)) run.out(`${groupId}\n`);
    return;
  }
  const wantedTypes = parseWanted(options, 'type', (text) => {
    const found = wanted(text, types);
    if (found === undefined)
      throw illegalArgument(run, `Invalid types list '${text}'. Valid types are: ${[...types].reverse().join(', ')}`);
    return found;
  });
  const wantedStates = parseWanted(options, 'state', (text) => {
    const found = wanted(text, states);
    if (found === undefined) throw illegalArgument(run, `Invalid state list '${text}'. Valid states are: ${states.join(', ')}`);
    return found;
  });
  let groups: readonly ListedGroup[];
  try {
    groups = await readGroups(run);
  } catch (error) {
    throw executionException(listFailure(error));
  }
  const matching = groups.filter(
    ({ type, state }) =>
      (wantedTypes.length === 0 || wantedTypes.includes(capitalized(type))) &&
      (wantedStates.length === 0 || wantedStates.includes(state)),
  );
  printTable(run, inListOrder(matching));
}

/** The ids of all consumer groups, in the order in which Kafka's tool shows and works on them. */
export async function listGroupIds(run: GroupsRun): Promise<string[]> {
  try {
    return javaHashOrder((await readGroups(run)).map(({ groupId }) => groupId));
  } catch (error) {
    throw runtimeException(executionException(listFailure(error)));
  }
}

/** @throws what the first broker failed with: half a list is no list */
async function readGroups(run: GroupsRun): Promise<readonly ListedGroup[]> {
  const { listGroups: read } = await import('../../client/groups/list-groups.js');
  const { groups, failures } = await read(await run.connect(), {}, run.limits);
  const [failure] = failures;
  if (failure !== undefined) throw failure.error;
  const { isConsuming } = await import('../../client/queries/find-groups.js');
  return groups.filter(isConsuming);
}

function parseWanted(options: OptionSet, name: string, parse: (text: string) => string[]): string[] {
  const text = options.text(name);
  return text === undefined || text === '' ? [] : parse(text);
}

/** The names of a comma list as Kafka spells them; undefined where one is not known. Commas at the end are nothing. */
function wanted(text: string, known: readonly string[]): string[] | undefined {
  const names = text.replace(/,+$/, '');
  const found = (names === '' && text !== '' ? [] : names.split(',')).map((name) =>
    known.find((each) => each.toLowerCase() === name.trim().toLowerCase()),
  );
  return found.includes(undefined) ? undefined : found.filter((name) => name !== undefined);
}

function inListOrder(groups: readonly ListedGroup[]): ListedGroup[] {
  const byId = new Map(groups.map((group) => [group.groupId, group]));
  return javaHashOrder(byId.keys()).flatMap((groupId) => byId.get(groupId) ?? []);
}

function printTable(run: GroupsRun, groups: readonly ListedGroup[]): void {
  const width = Math.max(leastGroupWidth, ...groups.map(({ groupId }) => groupId.length)) + 10;
  const line = (group: string, type: string, state: string): string => {
    const cells = [group.padEnd(width)];
    if (run.options.has('type')) cells.push(type.padEnd(20));
    if (run.options.has('state')) cells.push(state.padEnd(20));
    return `${cells.join(' ')}\n`;
  };
  run.out(line('GROUP', 'TYPE', 'STATE'));
  for (const { groupId, type, state } of groups) run.out(line(groupId, capitalized(type), state === '' ? 'Unknown' : state));
}

function capitalized(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}
