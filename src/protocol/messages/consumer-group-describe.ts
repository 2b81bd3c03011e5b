import { array } from '../array.js';
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
      // Kafka 3.9 asks the partition of every group about all of them, and answers NOT_FOUND for those that are elsewhere.
      limit: (version) => (version < 1 ? 1 : Infinity),
    }),
  },
  errors: (body) => body.groups.map(responseError),
});
