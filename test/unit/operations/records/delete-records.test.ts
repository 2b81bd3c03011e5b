import { describe, expect, test, vi } from 'vitest';
import { CliError } from '../../../../src/core/errors.js';
import { parsePartitionSelection } from '../../../../src/core/topics/partition-selection.js';
import { deleteRecords } from '../../../../src/operations/records/delete-records.js';
import type { CutQuery } from '../../../../src/operations/records/read-cuts.js';
import { DeleteRecords } from '../../../../src/protocol/messages/delete-records.js';
import { ListOffsets } from '../../../../src/protocol/messages/list-offsets.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeLogs } from '../../fakes/fake-logs.js';

const yes = () => Promise.resolve(true);
const world = () =>
  new FakeLogs({
    orders: { partitions: [{ start: 10n, end: 30n }, { end: 5n }, { start: 7n, end: 7n }] },
    compacted: { partitions: [{ end: 9n }], configs: { 'cleanup.policy': 'compact' } },
    unlimited: { partitions: [{ end: 9n }], configs: { 'cleanup.policy': '' } },
    both: { partitions: [{ end: 9n }], configs: { 'cleanup.policy': 'compact,delete' } },
    broken: { partitions: [{ end: 9n }, { leader: null }] },
    __internal: { internal: true, partitions: [{ end: 3n }] },
  });

type Target = Extract<CutQuery['cut'], { kind: 'target' }>['target'];

function input(cut: CutQuery['cut'], includeInternal = false): Parameters<typeof deleteRecords>[1] {
  return { cut, includeInternal, withTimes: false };
}

function cutOf(target: Target, ...words: string[]): CutQuery['cut'] {
  return { kind: 'target', target, selection: parsePartitionSelection(words) };
}

function fromFile(
  ...entries: [topic: string, partition: number, offset: bigint | 'high-watermark', topicId?: string][]
): CutQuery['cut'] {
  const partitions = entries.map(([topic, partition, offset, topicId]) => ({
    topic,
    partition,
    offset,
    ...(topicId !== undefined && { topicId }),
  }));
  return { kind: 'file', file: { groups: [{ partitions }] } };
}

describe('what is sent', () => {
  test('the planned offsets, never "the end at that moment", and nothing for partitions that have nothing to go', async () => {
    const cluster = world();
    const { plan, results } = await deleteRecords(fakeContext(cluster), input(cutOf({ kind: 'end' }, 'orders')), yes);
    expect(plan.cuts).toMatchObject([
      { partition: 0, start: 10n, cut: 30n, end: 30n, records: 20n },
      { partition: 1, cut: 5n, records: 5n },
      { partition: 2, cut: 7n, records: 0n },
    ]);
    expect(cluster.bodies(DeleteRecords)).toMatchObject([
      {
        topics: [
          {
            name: 'orders',
            partitions: [
              { partitionIndex: 0, offset: 30n },
              { partitionIndex: 1, offset: 5n },
            ],
          },
        ],
      },
    ]);
    expect(results).toMatchObject([
      { status: 'deleted', lowWatermark: 30n },
      { status: 'deleted', lowWatermark: 5n },
      { status: 'unchanged', lowWatermark: 7n },
    ]);
  });

  test.each<{ title: string; cut: CutQuery['cut']; cuts: bigint[] }>([
    { title: 'the first record that is not older', cut: cutOf({ kind: 'before', timestamp: 121 }, 'orders:0'), cuts: [13n] },
    { title: 'all but some', cut: cutOf({ kind: 'keep-last', count: 3n }, 'orders:0,1'), cuts: [27n, 2n] },
    { title: "a file's offsets", cut: fromFile(['orders', 1, 'high-watermark'], ['orders', 0, 12n]), cuts: [12n, 5n] },
    { title: 'a topic that is compacted and deleted from', cut: cutOf({ kind: 'end' }, 'both'), cuts: [9n] },
    { title: 'a topic that nothing is deleted from by itself', cut: cutOf({ kind: 'end' }, 'unlimited'), cuts: [9n] },
  ])('$title', async ({ cut, cuts }) => {
    const { plan } = await deleteRecords(fakeContext(world()), input(cut), yes);
    expect(plan.cuts.map((row) => row.cut)).toEqual(cuts);
  });

  test('of several groups the lowest offset counts, and that is said', async () => {
    const ctx = fakeContext(world());
    const groups = [25n, 15n].map((offset) => ({ group: `g${offset}`, partitions: [{ topic: 'orders', partition: 0, offset }] }));
    const { plan } = await deleteRecords(ctx, input({ kind: 'file', file: { groups } }), yes);
    expect(plan.cuts).toMatchObject([{ cut: 15n }]);
    expect(ctx.warnings).toEqual(['the file is of 2 groups; each partition is cut below the lowest of their offsets']);
  });

  test('a dry run, and a plan with nothing to go, send nothing; the latter asks nobody', async () => {
    const cluster = world();
    const no = vi.fn(() => Promise.resolve(false));
    const dry = await deleteRecords(fakeContext(cluster), input(cutOf({ kind: 'end' }, 'orders')), no);
    expect(no).toHaveBeenCalledExactlyOnceWith(dry.plan);
    expect(dry.results).toBeUndefined();
    const idle = await deleteRecords(fakeContext(cluster), input(fromFile(['orders', 0, 3n])), no);
    expect(no).toHaveBeenCalledOnce();
    expect(idle.results).toMatchObject([{ status: 'unchanged', lowWatermark: 10n }]);
    expect(cluster.sent).not.toContain('DeleteRecords');
  });
});

describe('what is refused before anything is sent', () => {
  test.each<{ title: string; cut: CutQuery['cut']; message: string }>([
    {
      title: 'all that is wrong with a file at once',
      cut: fromFile(['orders', 0, 31n], ['orders', 1, 5n], ['orders', 9, 1n], ['nope', 0, 1n], ['orders', 2, 7n, 'older']),
      message: [
        'no records were deleted',
        "topic 'orders' was created anew since the file was written, so its offsets are others now",
        "topic 'orders' has no partition 9, only 3 from 0 on",
        "topic 'nope' does not exist",
        'orders-0: offset 31 lies beyond the end, which is 30',
      ].join('\n'),
    },
    {
      title: 'a file of another cluster',
      cut: {
        kind: 'file',
        file: { clusterId: 'other', groups: [{ partitions: [{ topic: 'orders', partition: 0, offset: 12n }] }] },
      },
      message: 'no records were deleted\nthe file is of cluster other, this is fake',
    },
    {
      title: 'a file in which a group had a commit below zero: nobody knows what it has read',
      cut: {
        kind: 'file',
        file: { groups: [{ group: 'billing', partitions: [], belowZero: [{ topic: 'orders', partition: 0, offset: -5n }] }] },
      },
      message: 'no records were deleted\nthe commit of orders-0 was below zero (-5), which is no place in a log',
    },
    {
      title: 'a topic that is only compacted',
      cut: cutOf({ kind: 'end' }, 'orders', 'compacted'),
      message:
        "no records were deleted\ntopic 'compacted' has cleanup.policy=compact, and Kafka deletes no records of a topic that is only compacted",
    },
    {
      title: 'a partition without a leader, and with it all others',
      cut: cutOf({ kind: 'end' }, 'broken'),
      message:
        'no records were deleted\ncannot find an offset of broken-1: the partition has no leader at the moment (LEADER_NOT_AVAILABLE)',
    },
    { title: 'an internal topic', cut: cutOf({ kind: 'end' }, '__internal'), message: "topic '__internal' is one of Kafka's own" },
    {
      title: 'an internal topic of a file',
      cut: fromFile(['__internal', 0, 1n]),
      message: "topic '__internal' is one of Kafka's own",
    },
    { title: 'a topic that does not exist', cut: cutOf({ kind: 'end' }, 'nope'), message: "topic 'nope' does not exist" },
  ])('$title', async ({ cut, message }) => {
    const cluster = world();
    const approve = vi.fn(yes);
    await expect(deleteRecords(fakeContext(cluster), input(cut), approve)).rejects.toMatchObject({ name: 'CliError', message });
    expect(approve).not.toHaveBeenCalled();
    expect(cluster.sent).not.toContain('DeleteRecords');
  });

  test('a topic that was created anew while the question stood', async () => {
    const cluster = world();
    const approve = () => {
      cluster.topics.delete('orders');
      return Promise.resolve(true);
    };
    await expect(deleteRecords(fakeContext(cluster), input(cutOf({ kind: 'end' }, 'orders')), approve)).rejects.toMatchObject({
      message: "no records were deleted\ntopic 'orders' is not the one that the plan was made for",
    });
    expect(cluster.sent).not.toContain('DeleteRecords');
  });

  test('an internal topic is cut where that was said', async () => {
    const { results } = await deleteRecords(fakeContext(world()), input(cutOf({ kind: 'end' }, '__internal'), true), yes);
    expect(results).toMatchObject([{ status: 'deleted', lowWatermark: 3n }]);
  });
});

describe('what became of each partition', () => {
  test('a partition that fails does not hide that others were cut', async () => {
    const cluster = world();
    cluster.cutErrors.set('orders 0', 29);
    const { results } = await deleteRecords(fakeContext(cluster), input(cutOf({ kind: 'end' }, 'orders:0,1')), yes);
    expect(results).toMatchObject([
      { status: 'failed', lowWatermark: undefined, error: { kafkaName: 'TOPIC_AUTHORIZATION_FAILED' } },
      { status: 'deleted', lowWatermark: 5n },
    ]);
  });

  test('where no answer came, the cut is asked for again', async () => {
    const cluster = world();
    let attempts = 0;
    cluster.cutErrors.set('orders 0', 7);
    const approve = () => Promise.resolve(true);
    cluster.onCut = () => {
      if (++attempts === 4) cluster.cutErrors.clear();
    };
    const { results } = await deleteRecords(fakeContext(cluster), input(cutOf({ kind: 'end' }, 'orders:0,1')), approve);
    expect(results).toMatchObject([
      { status: 'deleted', lowWatermark: 30n, error: undefined },
      { status: 'deleted', lowWatermark: 5n },
    ]);
    expect(cluster.sent.filter((name) => name === 'DeleteRecords')).toHaveLength(3);
  });

  test('a topic that was created anew meanwhile is not cut again', async () => {
    const cluster = world();
    cluster.cutErrors.set('orders 0', 7);
    cluster.onCut = () => cluster.topics.delete('orders');
    const { results } = await deleteRecords(fakeContext(cluster), input(cutOf({ kind: 'end' }, 'orders:0')), yes);
    expect(results).toMatchObject([{ status: 'unknown', error: { kafkaName: 'REQUEST_TIMED_OUT' } }]);
    expect(cluster.sent.filter((name) => name === 'DeleteRecords')).toHaveLength(1);
  });

  test('where no answer ever came, the start of the log tells how far the leader is, and that it may be undone', async () => {
    const cluster = world();
    const ctx = fakeContext(cluster);
    cluster.cutErrors.set('orders 0', 7).set('orders 1', 7);
    const approve = () => {
      const log = cluster.logs.get('orders 0');
      if (log !== undefined) log.start = 30n; // as if the leader had cut it, and no replica knew
      return Promise.resolve(true);
    };
    const { results } = await deleteRecords(ctx, input(cutOf({ kind: 'end' }, 'orders:0,1')), approve);
    expect(results).toMatchObject([
      { status: 'unknown', lowWatermark: 30n, error: { kafkaName: 'REQUEST_TIMED_OUT' } },
      { status: 'unknown', lowWatermark: 0n, error: { kafkaName: 'REQUEST_TIMED_OUT' } },
    ]);
    expect(ctx.warnings).toEqual(['the log of orders-0 now starts at 30, but no replica confirmed it']);
  });

  test('a cluster that is lost for good leaves every partition unknown', async () => {
    const cluster = world().answer(DeleteRecords, () => {
      throw new CliError('connection', 'not known whether it was applied');
    });
    const approve = () => {
      cluster.answer(ListOffsets, () => {
        throw new CliError('connection', 'gone');
      });
      return Promise.resolve(true);
    };
    const { results } = await deleteRecords(fakeContext(cluster), input(cutOf({ kind: 'end' }, 'orders:0,1')), approve);
    expect(results).toMatchObject([
      { status: 'unknown', lowWatermark: undefined, error: { code: 'connection' } },
      { status: 'unknown', lowWatermark: undefined, error: { code: 'connection' } },
    ]);
  });
});
