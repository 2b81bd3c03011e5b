import { describe, expect, test } from 'vitest';
import { diffReport } from '../../../../src/cli/offsets/diff.js';
import { getReport } from '../../../../src/cli/offsets/get.js';
import { showReport } from '../../../../src/cli/offsets/show.js';
import { brokerError } from '../../../../src/client/broker-error.js';
import { computeOffsetDiff } from '../../../../src/core/offset-diff/compute-offset-diff.js';
import { renderReport, type ReportFormat } from '../../../../src/output/render.js';
import type { Report } from '../../../../src/output/report.js';
import { createTheme } from '../../../../src/output/theme.js';

async function show(report: Report, format: ReportFormat = 'table'): Promise<string> {
  return (await renderReport(report, format, () => createTheme(false))).stdout;
}

const error = brokerError(5, null, 'cannot find an offset of orders-1');
const takenAt = Date.UTC(2026, 10, 21, 8);

describe('offsets get', () => {
  const found = { topic: 'orders', topicId: 'A', timestamp: undefined, leaderEpoch: 7, isEnd: false, error: undefined };
  const result = {
    clusterId: 'c',
    takenAt,
    source: 'timestamp',
    offsets: [
      { ...found, partition: 0, offset: 9_007_199_254_740_993n, timestamp: 1_700_000_000_000n },
      { ...found, partition: 1, offset: undefined, leaderEpoch: undefined, error },
      { ...found, partition: 2, offset: 5n, leaderEpoch: undefined, isEnd: true },
      { ...found, partition: 3, offset: undefined, leaderEpoch: undefined },
    ],
  } as const;

  test('the JSON is an offset file of the partitions that have an offset; an error is told beside them and ends with 1', () => {
    const report = getReport(result, false);
    expect(report).toMatchObject({ defaultFormat: 'json', exitCode: 1 });
    expect(report.document).toEqual({
      version: 1,
      clusterId: 'c',
      takenAt: '2026-11-21T08:00:00.000Z',
      source: 'timestamp',
      partitions: [
        {
          topic: 'orders',
          partition: 0,
          offset: 9_007_199_254_740_993n,
          leaderEpoch: 7,
          topicId: 'A',
          timestamp: 1_700_000_000_000n,
        },
        { topic: 'orders', partition: 2, offset: 5n, topicId: 'A', note: 'end' },
      ],
      failures: [{ topic: 'orders', partition: 1, error: expect.objectContaining({ code: 'LEADER_NOT_AVAILABLE' }) as object }],
    });
  });

  test('on a terminal it is a table, which names what has no offset', async () => {
    const report = getReport(result, true);
    expect(report).not.toHaveProperty('defaultFormat');
    expect(await show(report)).toBe(
      [
        'TOPIC   PARTITION            OFFSET  TIMESTAMP                 NOTE',
        'orders          0  9007199254740993  2023-11-14T22:13:20.000Z  -',
        'orders          1                 -  -                         LEADER_NOT_AVAILABLE',
        'orders          2                 5  -                         end: every record is older',
        'orders          3                 -  -                         no such offset',
        '',
      ].join('\n'),
    );
  });

  test('names are words for the next command', () => {
    expect(getReport(result, false).names).toEqual(['orders:0', 'orders:2']);
  });

  test("CSV is Kafka's own: no header, and only what has an offset", async () => {
    expect(await show(getReport(result, false), 'csv')).toBe('orders,0,9007199254740993\norders,2,5\n');
  });
});

describe('offsets diff', () => {
  const entry = (partition: number, offset: bigint | 'high-watermark') => ({ topic: 'orders', partition, offset });
  const diff = (from: bigint | 'high-watermark', to: bigint) => ({
    ...computeOffsetDiff([{ group: 'billing', partitions: [entry(0, from)] }], [{ partitions: [entry(0, to), entry(1, 4n)] }]),
    clusters: undefined,
    errors: [],
  });

  test('the JSON keys, and exit code 3 for a difference', () => {
    expect(diffReport(diff(2n, 5n))).toMatchObject({ exitCode: 3 });
    expect(diffReport(diff(2n, 5n)).document).toEqual({
      equal: false,
      difference: 3n,
      withoutDifference: 1,
      clusters: null,
      partitions: [
        { group: 'billing', topic: 'orders', partition: 0, from: 2n, to: 5n, difference: 3n, state: 'changed' },
        { group: 'billing', topic: 'orders', partition: 1, from: null, to: 4n, difference: null, state: 'only-to' },
      ],
      errors: [],
    });
  });

  test('names are the partitions that differ', () => {
    expect(diffReport(diff(5n, 5n)).names).toEqual(['orders:1']);
  });

  test('the table and its sum', async () => {
    expect(await show(diffReport(diff('high-watermark', 5n)))).toBe(
      [
        'GROUP    TOPIC   PARTITION  FROM  TO  DIFFERENCE  STATE',
        'billing  orders          0  end    5  -           changed',
        'billing  orders          1  -      4  -           only-to',
        '',
        '2 of 2 partitions differ; by how much is not known',
        '',
      ].join('\n'),
    );
  });

  test('what could not be read ends with 1, and is not called equal', () => {
    const report = diffReport({ rows: [], total: 0n, withoutDifference: 0, isEqual: true, clusters: undefined, errors: [error] });
    expect(report).toMatchObject({ exitCode: 1, document: { equal: false, errors: [{ code: 'LEADER_NOT_AVAILABLE' }] } });
  });
});

describe('offsets show', () => {
  const row = { group: undefined, topic: 'orders', start: 2n, end: 9n, error: undefined };
  const file = { clusterId: 'c', takenAt: '2026-11-21T08:00:00.000Z', source: 'committed', groups: [] };
  const fitting = { ...row, partition: 0, offset: 5n, fit: 'fits' } as const;
  const unfit = { ...row, partition: 1, offset: 1n, fit: 'below-start' } as const;
  const unread = {
    ...row,
    partition: 2,
    offset: 'high-watermark',
    start: undefined,
    end: undefined,
    fit: undefined,
    error,
  } as const;
  const known = { file, clusterId: 'c', isOtherCluster: false };

  test('the JSON keys', () => {
    expect(showReport({ ...known, offsets: [fitting, unread] }).document).toEqual({
      fits: false,
      fileClusterId: 'c',
      clusterId: 'c',
      takenAt: '2026-11-21T08:00:00.000Z',
      source: 'committed',
      partitions: [
        { topic: 'orders', partition: 0, offset: 5n, start: 2n, end: 9n, before: 3n, after: 4n, fit: 'fits', error: null },
        {
          topic: 'orders',
          partition: 2,
          offset: -1n,
          start: null,
          end: null,
          before: null,
          after: null,
          fit: null,
          error: {
            code: 'LEADER_NOT_AVAILABLE',
            message: 'cannot find an offset of orders-1: the partition has no leader at the moment (LEADER_NOT_AVAILABLE)',
            hint: 'see which replicas are offline: kafkit topics describe TOPIC',
          },
        },
      ],
    });
  });

  test.each([
    { title: 'all fits', offsets: [fitting], isOtherCluster: false, exitCode: undefined },
    { title: 'one is not known', offsets: [fitting, unread], isOtherCluster: false, exitCode: 1 },
    { title: 'one does not fit', offsets: [unfit, unread], isOtherCluster: false, exitCode: 3 },
    { title: 'the cluster is another', offsets: [fitting], isOtherCluster: true, exitCode: 3 },
  ])('$title: exit code $exitCode', ({ offsets, isOtherCluster, exitCode }) => {
    expect(showReport({ ...known, offsets, isOtherCluster }).exitCode).toBe(exitCode);
  });

  test('names are the partitions that do not fit', () => {
    expect(showReport({ ...known, offsets: [fitting, unfit, unread] }).names).toEqual(['orders:1', 'orders:2']);
  });

  test('the table', async () => {
    expect(await show(showReport({ ...known, clusterId: 'd', isOtherCluster: true, offsets: [fitting, unfit, unread] }))).toBe(
      [
        'TOPIC   PARTITION  OFFSET  START  END  BEFORE  AFTER  FIT',
        'orders          0  5           2    9       3      4  fits',
        'orders          1  1           2    9       -      -  below the start: records are gone',
        'orders          2  end         -    -       -      -  not known',
        '',
        'committed, taken at 2026-11-21T08:00:00.000Z',
        'the file is of cluster c, this is d',
        '1 of 3 offsets fit',
        '',
      ].join('\n'),
    );
  });
});
