import { javaHashOrder } from '../java/hash-order.js';
import { describeJavaError, type JavaError } from '../java/java-error.js';
import { callFailure } from './call-failure.js';
import type { GroupsRun } from './groups-run.js';
import { namedGroups } from './read-groups.js';

const call = 'deleteConsumerGroups(api=FIND_COORDINATOR)';

/** `--delete`: each group for itself. */
export async function deleteGroups(run: GroupsRun): Promise<void> {
  const unique = [...new Set(await namedGroups(run))];
  const ordered = javaHashOrder(unique, unique.length);
  const failures = await sendDeletions(run, ordered);
  const quoted = javaHashOrder(ordered.filter((groupId) => !failures.has(groupId)))
    .map((groupId) => `'${groupId}'`)
    .join(', ');
  if (failures.size === 0) {
    run.out(`Deletion of requested consumer groups (${quoted}) was successful.\n`);
    return;
  }
  run.printError('Deletion of some consumer groups failed:');
  for (const groupId of javaHashOrder(failures.keys())) {
    const failure = failures.get(groupId);
    if (failure !== undefined) run.out(`* Group '${groupId}' could not be deleted due to: ${describeJavaError(failure)}\n`);
  }
  if (quoted !== '') run.out(`\nThese consumer groups were deleted successfully: ${quoted}\n`);
}

async function sendDeletions(run: GroupsRun, groupIds: readonly string[]): Promise<ReadonlyMap<string, JavaError>> {
  const { deleteGroups: send } = await import('../../client/groups/delete-groups.js');
  try {
    const results = await send(await run.connect(), groupIds);
    return new Map(
      results.flatMap(({ groupId, error }) => (error === undefined ? [] : [[groupId, callFailure(error, call)] as const])),
    );
  } catch (error) {
    return new Map(groupIds.map((groupId) => [groupId, callFailure(error, call)]));
  }
}
