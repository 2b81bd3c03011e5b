import { expect, test } from 'vitest';
import { deleteReport, planReport } from '../../../../src/cli/records/delete-report.js';
import { brokerError } from '../../../../src/client/broker-error.js';
import { renderReport } from '../../../../src/output/render.js';
import type { Report } from '../../../../src/output/report.js';
import { createTheme } from '../../../../src/output/theme.js';

async function show(report: Report): Promise<string> {
  return (await renderReport(report, 'table', () => createTheme(false))).stdout;
}

const cut = {
  topic: 'orders',
  partition: 0,
  start: 10n,
  cut: 9_007_199_254_740_993n,
  end: 9_007_199_254_740_999n,
  records: 9_007_199_254_740_983n,
  times: { first: 1_700_000_000_000n, last: undefined },
};
const idle = { ...cut, partition: 1, cut: 10n, records: 0n, times: undefined };
const plan = { cuts: [cut, idle] };
const error = brokerError(29, null, 'cannot delete records of orders-0');

test('the plan', async () => {
  expect(await show(planReport(plan))).toBe(
    [
      'TOPIC   PARTITION  START               CUT               END           RECORDS  FIRST                     LAST',
      'orders          0     10  9007199254740993  9007199254740999  9007199254740983  2023-11-14T22:13:20.000Z  -',
      'orders          1     10                10  9007199254740999                 0  -                         -',
      '',
      'deletes the records below CUT for good, 9007199254740983 in all; RECORDS counts offsets, so compacted topics and transactions hold fewer',
      '',
    ].join('\n'),
  );
});

test('the JSON keys of a dry run', () => {
  expect(deleteReport({ plan: { cuts: [cut] }, results: undefined }, true).document).toEqual({
    dryRun: true,
    partitions: [
      {
        topic: 'orders',
        partition: 0,
        start: 10n,
        cut: 9_007_199_254_740_993n,
        end: 9_007_199_254_740_999n,
        records: 9_007_199_254_740_983n,
        firstTimestamp: 1_700_000_000_000n,
        lastTimestamp: null,
        status: 'planned',
        lowWatermark: null,
        error: null,
      },
    ],
  });
});

test('one failure ends with 1 and leaves the others as they are', async () => {
  const report = deleteReport(
    {
      plan,
      results: [
        { cut, status: 'failed', lowWatermark: undefined, error },
        { cut: idle, status: 'unchanged', lowWatermark: 10n, error: undefined },
      ],
    },
    false,
  );
  expect(report).toMatchObject({
    exitCode: 1,
    document: {
      dryRun: false,
      partitions: [
        { status: 'failed', lowWatermark: null, error: { code: 'TOPIC_AUTHORIZATION_FAILED' } },
        { status: 'unchanged', lowWatermark: 10n, error: null },
      ],
    },
  });
  expect(await show(report)).toBe(
    [
      'TOPIC   PARTITION  STATUS     RECORDS  LOW-WATERMARK',
      'orders          0  failed           -              -',
      'orders          1  unchanged        0             10',
      '',
    ].join('\n'),
  );
});

test('success has no exit code of its own', () => {
  const result = { cut, status: 'deleted', lowWatermark: cut.cut, error: undefined } as const;
  expect(deleteReport({ plan, results: [result] }, false)).not.toHaveProperty('exitCode');
});

test('names are words for the next command: what would go, or what went', () => {
  const results = [
    { cut, status: 'deleted', lowWatermark: cut.cut, error: undefined },
    { cut: idle, status: 'unchanged', lowWatermark: 10n, error: undefined },
  ] as const;
  expect(deleteReport({ plan, results }, false).names).toEqual(['orders:0']);
  expect(deleteReport({ plan, results: undefined }, true).names).toEqual(['orders:0']);
});

test('a dry run where nothing would go is a dry run too', async () => {
  const result = { cut: idle, status: 'unchanged', lowWatermark: 10n, error: undefined } as const;
  const report = deleteReport({ plan: { cuts: [idle] }, results: [result] }, true);
  expect(report.document).toMatchObject({ dryRun: true, partitions: [{ status: 'planned', records: 0n }] });
  expect(await show(report)).toMatch(/\n\nnothing to delete\n$/);
});
