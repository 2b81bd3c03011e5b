import { expect, test } from 'vitest';
import { alterQuotas } from '../../../../src/operations/configs/alter-quotas.js';
import { AlterClientQuotas } from '../../../../src/protocol/messages/alter-client-quotas.js';
import { DescribeClientQuotas } from '../../../../src/protocol/messages/describe-client-quotas.js';
import { FakeCluster } from '../../fakes/fake-cluster.js';
import { fakeContext } from '../../fakes/fake-context.js';

const entity = [
  { type: 'user', name: 'u' },
  { type: 'client-id', name: null },
] as const;

function clusterWith(...keys: readonly string[]): FakeCluster {
  return new FakeCluster(1)
    .answer(DescribeClientQuotas, () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      entries: [{ entity: [], values: keys.map((key) => ({ key, value: 1 })) }],
    }))
    .answer(AlterClientQuotas, ({ entries }) => ({
      throttleTimeMs: 0,
      entries: entries.map(({ entity: of }) => ({ errorCode: 0, errorMessage: null, entity: of })),
    }));
}

test('values are set and removed in one request, the default as null', async () => {
  const cluster = clusterWith('b');
  const changes = [
    { key: 'a', value: 2.5 },
    { key: 'b', value: undefined },
  ];
  expect(await alterQuotas(fakeContext(cluster), { entity, changes })).toEqual({ unset: [] });
  expect(cluster.bodies(AlterClientQuotas)[0]?.entries).toEqual([
    {
      entity: [
        { entityType: 'user', entityName: 'u' },
        { entityType: 'client-id', entityName: null },
      ],
      ops: [
        { key: 'a', value: 2.5, remove: false },
        { key: 'b', value: 0, remove: true },
      ],
    },
  ]);
});

test('nothing is changed where a quota to remove is not there', async () => {
  const cluster = clusterWith('b');
  const changes = [
    { key: 'a', value: 1 },
    { key: 'c', value: undefined },
  ];
  expect(await alterQuotas(fakeContext(cluster), { entity, changes })).toEqual({ unset: ['c'] });
  expect(cluster.sent).toEqual(['DescribeClientQuotas']);
});

test('a dry run only reads', async () => {
  const cluster = clusterWith('b');
  await alterQuotas(fakeContext(cluster), { entity, changes: [{ key: 'b', value: undefined }], dryRun: true });
  expect(cluster.sent).toEqual(['DescribeClientQuotas']);
});
