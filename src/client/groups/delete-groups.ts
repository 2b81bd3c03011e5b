import type { CliError } from '../../core/errors.js';
import type { RequestBody, ResponseBody } from '../../protocol/message.js';
import { DeleteGroups } from '../../protocol/messages/delete-groups.js';
import { brokerError } from '../broker-error.js';
import type { Cluster } from '../cluster.js';
import { Lookups } from '../lookups.js';
import { lostAnswer } from '../lost-answers.js';

/** What became of one group; no `error`: it is gone. An error that is a timeout or lost connection leaves that open. */
export interface DeletedGroup {
  readonly groupId: string;
  readonly error?: CliError;
}

/** Deletes groups with everything they committed, in the order asked; a group with members is refused by its coordinator. */
export async function deleteGroups(cluster: Cluster, groupIds: readonly string[]): Promise<readonly DeletedGroup[]> {
  if (groupIds.length === 0) return [];
  const lookups = new Lookups();
  const limits = { unanswered, onStranded: lookups.note };
  const response = await cluster.request(DeleteGroups, { groupsNames: groupIds }, limits);
  const codes = new Map(response.results.map(({ groupId, errorCode }) => [groupId, errorCode]));
  return groupIds.map((groupId) => {
    const code = codes.get(groupId) ?? -1;
    if (code === 0) return { groupId };
    const error = brokerError(code, undefined, `cannot delete group '${groupId}'`, lostAnswer(response, groupId));
    return { groupId, error: lookups.explain(groupId, error) };
  });
}

function unanswered({ groupsNames }: RequestBody<typeof DeleteGroups>, errorCode: number): ResponseBody<typeof DeleteGroups> {
  return { throttleTimeMs: 0, results: groupsNames.map((groupId) => ({ groupId, errorCode })) };
}
