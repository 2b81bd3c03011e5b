import { array } from '../array.js';
import { errorCode } from '../errors.js';
import { splitList } from '../items.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, int8, nullableString, string, uuid } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  groupIds: array(string()),
  includeAuthorizedOperations: boolean(),
});

const response = struct({
  throttleTimeMs: int32(),
  groups: array(
    struct({
      errorCode: int16(),
      errorMessage: nullableString({ default: null }),
      groupId: string(),
      groupState: string(),
      groupEpoch: int32(),
      assignmentEpoch: int32(),
      assignorName: string(),
      members: array(
        struct({
          memberId: string(),
          instanceId: nullableString({ default: null }),
          rackId: nullableString({ default: null }),
          memberEpoch: int32(),
          clientId: string(),
          clientHost: string(),
          subscribedTopicNames: array(string()),
          subscribedTopicRegex: nullableString({ default: null }),
          assignment: struct({
            topicPartitions: array(
              struct({
                topicId: uuid(),
                topicName: string(),
                partitions: array(int32()),
              }),
            ),
          }),
          targetAssignment: struct({
            topicPartitions: array(
              struct({
                topicId: uuid(),
                topicName: string(),
                partitions: array(int32()),
              }),
            ),
          }),
          memberType: int8({ since: 1, default: -1, ignorable: true }),
        }),
      ),
      authorizedOperations: int32({ default: -2147483648 }),
    }),
  ),
});

/**
 * A broker of 3.9 asks every coordinator partition involved about all groups, so one that exists is answered several times: once
 * properly, and as not found for every partition that it does not belong to.
 */
function withoutEchoes<Group extends { readonly groupId: string; readonly errorCode: number }>(groups: readonly Group[]): Group[] {
  const best = new Map<string, Group>();
  for (const group of groups) {
    const rival = best.get(group.groupId);
    if (rival === undefined || certainty(group) > certainty(rival)) best.set(group.groupId, group);
  }
  return [...best.values()];
}

function certainty(group: { readonly errorCode: number }): number {
  if (group.errorCode === errorCode.NONE) return 2;
  return group.errorCode === errorCode.GROUP_ID_NOT_FOUND ? 0 : 1;
}

/** Groups of the new protocol with their members and assignments (KIP-848); a classic group answers GROUP_ID_NOT_FOUND. */
export const ConsumerGroupDescribe = defineMessage({
  name: 'ConsumerGroupDescribe',
  apiKey: 69,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  request,
  response,
  route: {
    to: 'coordinator',
    type: 'group',
    items: splitList(request, response, {
      asked: (body) => body.groupIds,
      ask: (body, groupIds) => ({ ...body, groupIds }),
      askedKey: (groupId) => groupId,
      answered: (body) => body.groups,
      answer: (body, groups) => ({ ...body, groups }),
      answeredKey: (group) => group.groupId,
      code: (group) => group.errorCode,
    }),
  },
  adapt: {
    before: 2,
    request: (body) => body,
    response: (body) => ({ ...body, groups: withoutEchoes(body.groups) }),
  },
  errors: (body) => body.groups.map(responseError),
});
