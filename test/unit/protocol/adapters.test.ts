import { expect, test } from 'vitest';
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from '../../../src/protocol/frame.js';
import { DeleteTopics } from '../../../src/protocol/messages/delete-topics.js';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.js';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.js';
import { OffsetFetch } from '../../../src/protocol/messages/offset-fetch.js';

const committed = [
  {
    name: 'orders',
    partitions: [{ partitionIndex: 0, committedOffset: 42n, committedLeaderEpoch: 3, metadata: '', errorCode: 0 }],
  },
];

test('a coordinator is found in the old version with the body of the new one', () => {
  const request = { keyType: 0, coordinatorKeys: ['billing'] };
  const sent = decodeRequest(FindCoordinator, encodeRequest(FindCoordinator, 3, 1, null, request).subarray(4));
  expect(sent.body).toMatchObject({ key: 'billing', keyType: 0 });
  const old = { throttleTimeMs: 5, errorCode: 15, errorMessage: 'not yet', nodeId: 2, host: 'h', port: 9, coordinators: [] };
  const answer = decodeResponse(FindCoordinator, 3, encodeResponse(FindCoordinator, 3, 1, old).subarray(4), request).body;
  const coordinators = [{ key: 'billing', nodeId: 2, host: 'h', port: 9, errorCode: 15, errorMessage: 'not yet' }];
  expect(answer).toMatchObject({ throttleTimeMs: 5, coordinators });
  expect(FindCoordinator.errors(answer)).toEqual([{ code: 15, message: 'not yet' }]);
});

test('the old version finds one coordinator at a time and says so', () => {
  expect(FindCoordinator.route).toMatchObject({ items: { limit: expect.any(Function) as unknown } });
  expect(() => encodeRequest(FindCoordinator, 3, 1, null, { coordinatorKeys: ['a', 'b'] })).toThrow(
    'version 3 finds one coordinator at a time (many need 4), asked for 2',
  );
});

test('offsets of one group are fetched in the old version with the body of the new one', () => {
  const request = { groups: [{ groupId: 'billing', topics: [{ name: 'orders', partitionIndexes: [0] }] }] };
  const sent = decodeRequest(OffsetFetch, encodeRequest(OffsetFetch, 6, 1, null, request).subarray(4));
  expect(sent.body).toMatchObject({ groupId: 'billing', topics: [{ name: 'orders', partitionIndexes: [0] }] });
  const old = { throttleTimeMs: 0, topics: committed, errorCode: 0, groups: [] };
  const answer = decodeResponse(OffsetFetch, 6, encodeResponse(OffsetFetch, 6, 1, old).subarray(4), request).body;
  expect(answer.groups).toEqual([{ groupId: 'billing', topics: committed, errorCode: 0 }]);
});

test('the old version asks for every partition of a group where the new one does', () => {
  const frame = encodeRequest(OffsetFetch, 7, 1, null, { groups: [{ groupId: 'billing', topics: null }], requireStable: true });
  expect(decodeRequest(OffsetFetch, frame.subarray(4)).body).toMatchObject({
    groupId: 'billing',
    topics: null,
    requireStable: true,
  });
});

test('an old answer is not read without the request that says what it is about', () => {
  const frame = encodeResponse(OffsetFetch, 6, 1, { throttleTimeMs: 0, topics: committed, errorCode: 0, groups: [] });
  expect(() => decodeResponse(OffsetFetch, 6, frame.subarray(4))).toThrow(
    'OffsetFetch version 6 cannot be read without its request',
  );
});

test('topics are deleted by name in the old version with the body of the new one', () => {
  const frame = encodeRequest(DeleteTopics, 5, 1, null, { topics: [{ name: 'a' }, { name: 'b' }], timeoutMs: 10 });
  expect(decodeRequest(DeleteTopics, frame.subarray(4)).body).toMatchObject({ topicNames: ['a', 'b'], topics: [], timeoutMs: 10 });
});

test.each([
  [-3n, 6, 7],
  [-4n, 7, 8],
  [-5n, 8, 9],
  [-6n, 10, 11],
])(
  'offset time %s is refused by version %i, which would take it for a timestamp, and sent by version %i',
  (timestamp, before, since) => {
    const body = { replicaId: -1, isolationLevel: 0, topics: [{ name: 't', partitions: [{ partitionIndex: 0, timestamp }] }] };
    expect(() => encodeRequest(ListOffsets, before, 1, null, body)).toThrow(
      `cannot ask for offset time ${timestamp} (needs ${since})`,
    );
    const frame = encodeRequest(ListOffsets, since, 1, null, body);
    expect(decodeRequest(ListOffsets, frame.subarray(4)).body).toMatchObject({ topics: [{ partitions: [{ timestamp }] }] });
  },
);

test('a broker that cannot wait for stable offsets is asked for those it has', () => {
  const frame = encodeRequest(OffsetFetch, 6, 1, null, { groups: [{ groupId: 'billing', topics: null }], requireStable: true });
  expect(decodeRequest(OffsetFetch, frame.subarray(4)).body).toMatchObject({ groupId: 'billing', requireStable: false });
});
