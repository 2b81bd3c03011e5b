import { array } from '../array.js';
import { splitPartitions } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, int8, string } from '../primitives.js';
import { ProtocolError } from '../protocol-error.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

// Brokers that do not know a special time would take it for a timestamp and answer with a wrong offset.
const specialTimes: ReadonlyMap<bigint, number> = new Map([
  [-3n, 7],
  [-4n, 8],
  [-5n, 9],
  [-6n, 11],
]);

const request = struct({
  replicaId: int32(),
  isolationLevel: int8(),
  topics: array(
    struct({
      name: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          currentLeaderEpoch: int32({ default: -1 }),
          timestamp: int64(),
        }),
      ),
    }),
  ),
  timeoutMs: int32({ since: 10, default: 0, ignorable: true }),
});

const response = struct({
  throttleTimeMs: int32(),
  topics: array(
    struct({
      name: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          errorCode: int16(),
          timestamp: int64({ default: -1n }),
          offset: int64({ default: -1n }),
          leaderEpoch: int32({ default: -1 }),
        }),
      ),
    }),
  ),
});

function refuseUnknownTimes(times: readonly bigint[], version: number): void {
  for (const time of times) {
    const since = specialTimes.get(time);
    if (since !== undefined && version < since) {
      throw new ProtocolError(`version ${version} cannot ask for offset time ${time} (needs ${since})`);
    }
  }
}

/**
 * Offsets by time, or at the start (`timestamp` -2) and the end (-1) of partitions. Newer brokers also know the largest
 * timestamp (-3, KIP-734), local start (-4, KIP-405), tiered end (-5, KIP-1005) and first offset not yet tiered (-6, KIP-1023).
 */
export const ListOffsets = defineMessage({
  name: 'ListOffsets',
  apiKey: 2,
  minVersion: 5,
  maxVersion: 11,
  flexibleFrom: 6,
  request,
  response,
  route: {
    to: 'leader',
    items: splitPartitions(request, response, {
      asked: (body) => body.topics,
      ask: (body, topics) => ({ ...body, topics }),
      askedTopic: {
        name: (topic) => topic.name,
        partitions: (topic) => topic.partitions,
        withPartitions: (topic, partitions) => ({ ...topic, partitions }),
        index: (partition) => partition.partitionIndex,
      },
      answered: (body) => body.topics,
      answer: (body, topics) => ({ ...body, topics }),
      answeredTopic: {
        name: (topic) => topic.name,
        partitions: (topic) => topic.partitions,
        withPartitions: (topic, partitions) => ({ ...topic, partitions }),
        index: (partition) => partition.partitionIndex,
        code: (partition) => partition.errorCode,
      },
    }),
  },
  adapt: {
    before: 11,
    request(body, version) {
      refuseUnknownTimes(
        body.topics.flatMap((topic) => topic.partitions.map((partition) => partition.timestamp)),
        version,
      );
      return body;
    },
    response: (body) => body,
  },
  errors: (body) => body.topics.flatMap((topic) => topic.partitions.map(responseError)),
});
