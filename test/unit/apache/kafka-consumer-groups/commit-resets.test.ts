import { expect, test } from 'vitest';
import { commitResets } from '../../../../src/apache/kafka-consumer-groups/commit-resets.js';
import { ConnectionError } from '../../../../src/client/connection-error.js';
import { fakeRun } from './fake-run.js';

interface Commit {
  readonly groupId: string;
  readonly topics: readonly { readonly name: string; readonly partitions: readonly { readonly partitionIndex: number }[] }[];
}

const unknownMember = 25;
const rows = [0, 1].map((partition) => ({ topic: 'orders', partition, offset: 5n }));
const resets = new Map([
  ['billing', rows],
  ['shipping', rows],
]);

/** The answer of a coordinator that refuses partitions of one group. */
function answer(refused: (groupId: string, partition: number) => boolean): (body: unknown) => unknown {
  return (body) => {
    const { groupId, topics } = body as Commit; // the only request that is sent here
    return {
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({
          partitionIndex,
          errorCode: refused(groupId, partitionIndex) ? unknownMember : 0,
        })),
      })),
    };
  };
}

test('resets that succeed say nothing', async () => {
  const run = fakeRun(
    [],
    answer(() => false),
  );
  await commitResets(run, resets);
  expect(run.stderr).toBe('');
});

test('where the second group is refused, stderr says that the first is written', async () => {
  const run = fakeRun(
    [],
    answer((groupId) => groupId === 'shipping'),
  );
  await expect(commitResets(run, resets)).rejects.toThrow(
    'Failed altering group offsets for the following partitions: [orders-0, orders-1]',
  );
  expect(run.stderr).toBe(
    "the offsets of group 'billing' were written before the failure\nof group 'shipping', 0 of 2 offsets were written\n",
  );
});

test('where one partition is refused, stderr counts the others', async () => {
  const run = fakeRun(
    [],
    answer((_groupId, partition) => partition === 1),
  );
  await expect(commitResets(run, resets)).rejects.toThrow('[orders-1]');
  expect(run.stderr).toBe("of group 'billing', 1 of 2 offsets were written\n");
});

test('where no answer came, stderr says that the outcome is not known', async () => {
  const run = fakeRun([], () => {
    throw new ConnectionError('timeout', 'no answer', { address: 'b:1', sent: true });
  });
  await expect(commitResets(run, resets)).rejects.toThrow('timed out');
  expect(run.stderr).toBe("whether the offsets of group 'billing' were written is not known\n");
});
