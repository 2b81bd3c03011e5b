import type { GroupDescription } from '../../client/groups/describe-groups.js';
import { javaHashOrder } from '../java/hash-order.js';
import { executionException, JavaError } from '../java/java-error.js';
import { callFailure } from './call-failure.js';
import type { GroupsRun } from './groups-run.js';
import { listGroupIds } from './list-groups.js';

const describeCall = 'describeConsumerGroups(api=FIND_COORDINATOR)';

/** A group, or the exception that Kafka's admin client has for it. */
export type GroupAnswer =
  | { readonly groupId: string; readonly group: GroupDescription; readonly failure?: undefined }
  | { readonly groupId: string; readonly group?: undefined; readonly failure: JavaError };

/** The groups that the options name: those given, or all that there are. */
export async function namedGroups(run: GroupsRun): Promise<readonly string[]> {
  return run.options.has('all-groups') ? listGroupIds(run) : run.options.values('group');
}

/** Describes groups, each once, in the order in which Kafka's tool goes through them. */
export async function askGroups(run: GroupsRun, groupIds: readonly string[]): Promise<GroupAnswer[]> {
  const { describeGroups } = await import('../../client/groups/describe-groups.js');
  const unique = [...new Set(groupIds)];
  const ordered = javaHashOrder(unique, unique.length);
  try {
    const groups = await describeGroups(await run.connect(), ordered, run.limits);
    return groups.map(toAnswer);
  } catch (error) {
    const failure = callFailure(error, describeCall);
    return ordered.map((groupId) => ({ groupId, failure }));
  }
}

/** Describes groups. @throws JavaError for the first that cannot be described: then none is shown */
export async function readGroups(run: GroupsRun): Promise<readonly GroupDescription[]> {
  const answers = await askGroups(run, await namedGroups(run));
  return answers.map((answer) => {
    if (answer.failure !== undefined) throw executionException(answer.failure);
    return answer.group;
  });
}

function toAnswer(group: GroupDescription): GroupAnswer {
  const { groupId, error = group.missing, protocolType } = group;
  if (groupId === '')
    return {
      groupId,
      failure: new JavaError('org.apache.kafka.common.errors.InvalidGroupIdException', 'The group id is invalid.'),
    };
  if (error !== undefined) return { groupId, failure: callFailure(error, describeCall) };
  if (protocolType === 'consumer' || protocolType === '') return { groupId, group };
  const text = `GroupId ${groupId} is not a consumer group (${protocolType}).`;
  return { groupId, failure: new JavaError('java.lang.IllegalArgumentException', text) };
}
