import { array, nullableArray } from '../array.js';
import { coordinatorCode } from '../coordinator-code.js';
import { splitList } from '../items.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, int64, nullableString, string } from '../primitives.js';
import { ProtocolError } from '../protocol-error.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  groupId: string({ until: 7, default: '' }),
  topics: nullableArray(
    struct({
      name: string(),
      partitionIndexes: array(int32()),
    }),
    { until: 7, default: null },
  ),
  groups: array(
    struct({
      groupId: string(),
      memberId: nullableString({ since: 9, default: null, ignorable: true }),
      memberEpoch: int32({ since: 9, default: -1, ignorable: true }),
      topics: nullableArray(
        struct({
          name: string(),
          partitionIndexes: array(int32()),
        }),
      ),
    }),
    { since: 8, default: [] },
  ),
  requireStable: boolean({ since: 7, default: false }),
});

const response = struct({
  throttleTimeMs: int32(),
  topics: array(
    struct({
      name: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          committedOffset: int64(),
          committedLeaderEpoch: int32({ default: -1 }),
          metadata: nullableString(),
          errorCode: int16(),
        }),
      ),
    }),
    { until: 7, default: [] },
  ),
  errorCode: int16({ until: 7, default: 0, ignorable: true }),
  groups: array(
    struct({
      groupId: string(),
      topics: array(
        struct({
          name: string(),
          partitions: array(
            struct({
              partitionIndex: int32(),
              committedOffset: int64(),
              committedLeaderEpoch: int32({ default: -1 }),
              metadata: nullableString(),
              errorCode: int16(),
            }),
          ),
        }),
      ),
      errorCode: int16({ default: 0 }),
    }),
    { since: 8 },
  ),
});

const batched = 8;
const stableSince = 7;

function onlyGroup<T>(groups: readonly T[] = [], version: number): T {
  const [group, ...others] = groups;
  if (group === undefined || others.length > 0) {
    throw new ProtocolError(
      `version ${version} fetches the offsets of one group at a time (many need ${batched}), asked for ${groups.length}`,
    );
  }
  return group;
}

/**
 * Committed offsets of groups, many at once from version 8. `topics: null` asks for every partition that has one; a partition without
 * one answers with offset -1.
 */
export const OffsetFetch = defineMessage({
  name: 'OffsetFetch',
  apiKey: 9,
  minVersion: 6,
  maxVersion: 9,
  ceiling: 'version 10 wants topic ids (KIP-848)',
  flexibleFrom: 6,
  request,
  response,
  route: {
    to: 'coordinator',
    type: 'group',
    items: splitList(request, response, {
      asked: (body) => body.groups ?? [],
      ask: (body, groups) => ({ ...body, groups }),
      askedKey: (group) => group.groupId,
      answered: (body) => body.groups,
      answer: (body, groups) => ({ ...body, groups }),
      answeredKey: (group) => group.groupId,
      code: (group) =>
        coordinatorCode(
          group.errorCode,
          group.topics.flatMap((topic) => topic.partitions.map((partition) => partition.errorCode)),
        ),
      limit: (version) => (version < batched ? 1 : Infinity),
    }),
  },
  adapt: {
    before: batched,
    request({ groups, ...rest }, version) {
      const { groupId, topics } = onlyGroup(groups, version);
      // Brokers before 2.5 have no pending transactional commits to wait for that they could tell of (KIP-447).
      const requireStable = version < stableSince ? false : rest.requireStable;
      return { ...rest, groups: [], groupId, topics, requireStable };
    },
    response({ topics, errorCode, ...rest }, { groups = [] }) {
      return { ...rest, topics: [], errorCode: 0, groups: groups.map(({ groupId }) => ({ groupId, topics, errorCode })) };
    },
  },
  errors: (body) =>
    body.groups.flatMap((group) => [group, ...group.topics.flatMap((topic) => topic.partitions)]).map(responseError),
});
