import type { GroupDescription } from '../../client/groups/describe-groups.js';
import { JavaError } from '../java/java-error.js';
import type { GroupsRun } from './groups-run.js';

const rebalancing: ReadonlySet<string> = new Set(['PreparingRebalance', 'CompletingRebalance', 'Assigning', 'Reconciling']);

/**
 * Says what is special about a group's state. True where its table may follow.
 *
 * @throws JavaError for a state that consumer groups do not have
 */
export function remarkState(run: GroupsRun, { groupId, state }: Pick<GroupDescription, 'groupId' | 'state'>): boolean {
  if (state === 'Dead') {
    run.printError(`Consumer group '${groupId}' does not exist.`);
    return false;
  }
  if (state === 'Empty') run.err(`\nConsumer group '${groupId}' has no active members.\n`);
  else if (rebalancing.has(state)) run.err(`\nWarning: Consumer group '${groupId}' is rebalancing.\n`);
  else if (state !== 'Stable') {
    const text = `Expected a valid consumer group state, but found '${state === '' ? 'Unknown' : state}'.`;
    throw new JavaError('org.apache.kafka.common.KafkaException', text);
  }
  return true;
}
