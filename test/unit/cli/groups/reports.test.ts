import { expect, test } from 'vitest';
import { describeReport } from '../../../../src/cli/groups/describe.js';
import { exportReport } from '../../../../src/cli/groups/export.js';
import { gapNotices } from '../../../../src/cli/groups/incomplete.js';
import { listReport } from '../../../../src/cli/groups/list.js';
import { membersReport } from '../../../../src/cli/groups/members.js';
import { resetPlanReport, resetReport } from '../../../../src/cli/groups/reset-report.js';
import { CliError } from '../../../../src/core/errors.js';
import { computeGroupLag } from '../../../../src/core/lag/group-lag.js';
import type { ResetRow } from '../../../../src/core/reset/plan-reset.js';
import { renderReport, type ReportFormat } from '../../../../src/output/render.js';
import type { Report } from '../../../../src/output/report.js';
import { createTheme } from '../../../../src/output/theme.js';

async function shown(report: Report, format: ReportFormat = 'table'): Promise<string[]> {
  const { stdout, stderr } = await renderReport(report, format, () => createTheme(false));
  return [...stderr.split('\n'), ...stdout.split('\n')].filter((line) => line !== '');
}

function row(facts: Partial<ResetRow>): ResetRow {
  const moved = { before: 40n, after: 100n, rereads: 0n, skips: 60n, changes: true, note: undefined };
  return { topic: 'orders', partition: 0, ...moved, ...facts };
}

const plan = {
  groups: [
    {
      groupId: 'billing',
      isNew: false,
      rows: [
        row({}),
        row({ partition: 1, after: 40n, skips: 0n, changes: false }),
        row({ partition: 2, before: 90n, after: 100n, skips: 10n, note: 'clamped-to-end' }),
      ],
    },
    { groupId: 'fresh', isNew: true, rows: [row({ before: undefined, skips: 0n })] },
  ],
};

test('the plan of a reset says what moves, what that means, and which group is new', async () => {
  expect(await shown(resetPlanReport(plan))).toEqual([
    'GROUP    TOPIC   PARTITION  OLD  NEW  CHANGE  READ-AGAIN  SKIPPED  NOTE',
    'billing  orders          0   40  100      60           0       60  -',
    'billing  orders          1   40   40       0           0        0  -',
    'billing  orders          2   90  100      10           0       10  held at the end of the log',
    'fresh    orders          0    -  100       -           0        0  -',
    "group 'fresh' does not exist, and is created by this",
    '3 of 4 partitions move; 0 records will be read again, 70 skipped',
  ]);
});

test('a translation by time shows the offset of the file and the time it was found by', async () => {
  const rows = [
    row({ before: undefined, skips: 0n, translation: { offset: 7n, timestamp: 1_763_712_000_000n, atEnd: false } }),
    row({ partition: 1, note: 'last-record-again', translation: { offset: 9n, timestamp: 1_763_712_000_001n, atEnd: true } }),
    row({ partition: 2, note: 'no-time-known', translation: { offset: 0n, timestamp: undefined, atEnd: false } }),
  ];
  const report = resetPlanReport({ groups: [{ groupId: 'billing', isNew: false, rows }] });
  expect(await shown(report)).toEqual([
    'GROUP    TOPIC   PARTITION  IN-FILE  BY-TIME                   OLD  NEW  CHANGE  READ-AGAIN  SKIPPED  NOTE',
    'billing  orders          0        7  2025-11-21T08:00:00.000Z    -  100       -           0        0  -',
    'billing  orders          1        9  2025-11-21T08:00:00.001Z   40  100      60           0       60  had read all; its last record is read again',
    'billing  orders          2        0  -                          40  100      60           0       60  no time is known, so to the start',
    '3 of 3 partitions move; 0 records will be read again, 120 skipped',
  ]);
  expect(report.document).toMatchObject({
    groups: [
      {
        partitions: [
          { fileOffset: 7n, byTimestamp: 1_763_712_000_000n, atEnd: false },
          { fileOffset: 9n, atEnd: true, note: 'last-record-again' },
          { fileOffset: 0n, byTimestamp: null, atEnd: false, note: 'no-time-known' },
        ],
      },
    ],
  });
});

test('a reset that failed in part says exactly what was written, and exits with 1', async () => {
  const [first, second, third] = plan.groups[0]?.rows ?? [];
  const outcome = (status: 'written' | 'unchanged' | 'failed', of: ResetRow | undefined, error?: CliError) => ({
    groupId: 'billing',
    row: of ?? row({}),
    status,
    error,
  });
  const results = [
    outcome('written', first),
    outcome('unchanged', second),
    outcome('failed', third, new CliError('broker', 'refused', { hint: 'ask again' })),
  ];
  const report = resetReport({ plan: { groups: plan.groups.slice(0, 1) }, results }, false);
  expect(report.exitCode).toBe(1);
  expect((await shown(report)).slice(-2)).toEqual([
    'billing  orders          2   90  100      10           0       10  held at the end of the log  failed',
    'partitions: 1 written, 1 unchanged, 1 failed',
  ]);
  expect(report.document).toMatchObject({
    dryRun: false,
    groups: [
      {
        partitions: [
          { status: 'written' },
          { status: 'unchanged' },
          { status: 'failed', error: { code: 'broker', message: 'refused', hint: 'ask again' } },
        ],
      },
    ],
  });
});

test('a reset that has nothing to do says so, in a dry run as well', async () => {
  const still = { groups: [{ groupId: 'billing', isNew: false, rows: [row({ after: 40n, skips: 0n, changes: false })] }] };
  const results = [{ groupId: 'billing', row: row({ changes: false }), status: 'unchanged' as const, error: undefined }];
  const report = resetReport({ plan: still, results }, false);
  expect(report.exitCode).toBeUndefined();
  expect((await shown(report)).at(-1)).toBe('nothing to change: every partition is there already');
  expect(resetReport({ plan: still, results }, true).document).toMatchObject({ dryRun: true });
});

const member = {
  memberId: 'm-1',
  instanceId: 'i-1',
  clientId: 'app',
  host: '/10.0.0.1',
  assignment: [
    { topic: 'bills', partition: 3 },
    { topic: 'orders', partition: 0 },
    { topic: 'orders', partition: 1 },
  ],
  targetAssignment: [{ topic: 'orders', partition: 0 }],
  epoch: 7,
};

test('members are shown with what they hold, and with --verbose where they are to arrive', async () => {
  const group = {
    groupId: 'billing',
    type: 'consumer',
    state: 'Stable',
    protocolType: 'consumer',
    assignor: 'uniform',
    members: [member],
  } as const;
  expect(await shown(membersReport({ groups: [group], incomplete: [] }, false))).toEqual([
    'GROUP    MEMBER  INSTANCE  HOST       CLIENT-ID  PARTITIONS  ASSIGNMENT',
    'billing  m-1     i-1       /10.0.0.1  app                 3  bills:3 orders:0,1',
  ]);
  expect(await shown(membersReport({ groups: [group], incomplete: [] }, true))).toEqual([
    'GROUP    MEMBER  INSTANCE  HOST       CLIENT-ID  PARTITIONS  ASSIGNMENT          EPOCH  TARGET-ASSIGNMENT',
    'billing  m-1     i-1       /10.0.0.1  app                 3  bills:3 orders:0,1      7  orders:0',
  ]);
  expect(membersReport({ groups: [group], incomplete: [] }, false).document).toEqual({
    groups: [
      {
        group: 'billing',
        state: 'Stable',
        type: 'consumer',
        members: [
          {
            memberId: 'm-1',
            instanceId: 'i-1',
            clientId: 'app',
            host: '/10.0.0.1',
            epoch: 7,
            assignment: [
              { topic: 'bills', partitions: [3] },
              { topic: 'orders', partitions: [0, 1] },
            ],
            targetAssignment: [{ topic: 'orders', partitions: [0] }],
          },
        ],
        error: null,
      },
    ],
    incomplete: [],
  });
});

test('describe has the group, then its partitions; a group that could not be read fails the command', async () => {
  const lag = computeGroupLag(
    [
      { topic: 'orders', partition: 0, committed: 5n, start: 0n, end: 9n, member, problem: undefined },
      { topic: 'orders', partition: 1, committed: undefined, start: 0n, end: 9n, member: undefined, problem: undefined },
    ],
    true,
  );
  const common = {
    type: 'consumer',
    protocolType: 'consumer',
    assignor: 'uniform',
    coordinator: undefined,
    epoch: 3,
    assignmentEpoch: 3,
  };
  const group = { groupId: 'billing', state: 'Stable', memberCount: 1, error: undefined, ...common, ...lag };
  expect(await shown(describeReport({ groups: [group], incomplete: [] }))).toEqual([
    'GROUP    STATE   TYPE      ASSIGNOR  MEMBERS  LAG  LOST  WITHOUT-LAG  COORDINATOR',
    'billing  Stable  consumer  uniform         1    4     0            1  -',
    'PARTITIONS',
    'GROUP    TOPIC   PARTITION  COMMITTED  END  LAG  LOST  NOTE       MEMBER',
    'billing  orders          0          5    9    4     0  -          i-1',
    'billing  orders          1          -    9    -     -  no commit  -',
  ]);
  expect(describeReport({ groups: [group], incomplete: [] }).exitCode).toBeUndefined();
  expect(describeReport({ groups: [{ ...group, error: new CliError('broker', 'lost') }], incomplete: [] }).exitCode).toBe(1);
});

test('a group that must not be seen has no numbers, but the reason', async () => {
  const denied = {
    groupId: 'secret',
    state: '',
    type: undefined,
    protocolType: '',
    assignor: '',
    coordinator: undefined,
    epoch: undefined,
    assignmentEpoch: undefined,
    memberCount: undefined,
    error: new CliError('authorization', 'cannot describe group: not allowed'),
    ...computeGroupLag([], false),
  };
  const report = describeReport({ groups: [denied], incomplete: [] });
  expect(report).toMatchObject({
    exitCode: 1,
    document: {
      groups: [
        {
          state: null,
          type: null,
          memberCount: null,
          ...{ lag: null, lost: null, partitionCount: null, withoutLag: null, partitions: null },
          error: { message: 'cannot describe group: not allowed' },
        },
      ],
    },
  });
  expect((await shown(report)).join('\n')).not.toContain('no committed offsets');
});

test('what a member holds is null where it cannot be read, and that fails the command', async () => {
  const text = "cannot read what member m-1 of group 'odd' holds";
  const member = { memberId: 'm-1', instanceId: null, clientId: 'app', host: '/h', assignment: undefined };
  const group = { groupId: 'odd', state: 'Stable', type: 'classic' as const, protocolType: 'consumer', assignor: 'x' };
  const unread = { ...member, assignmentError: new CliError('protocol', text) };
  const report = membersReport({ groups: [{ ...group, members: [unread] }], incomplete: [] }, false);
  expect(report).toMatchObject({ exitCode: 1, document: { groups: [{ members: [{ assignment: null, reason: text }] }] } });
  expect((await shown(report))[1]).toMatch(/- +-$/);
  const rebalancing = membersReport({ groups: [{ ...group, members: [member] }], incomplete: [] }, false);
  expect(rebalancing.exitCode).toBeUndefined();
  expect(rebalancing.document).toMatchObject({ groups: [{ members: [{ assignment: null, reason: 'the group is rebalancing' }] }] });
});

test('list shows protocol and coordinator in wide', async () => {
  const group = {
    groupId: 'billing',
    state: '',
    type: 'classic',
    protocolType: 'consumer',
    coordinator: 2,
    memberCount: undefined,
  };
  expect(await shown(listReport({ groups: [group], incomplete: [], unmatched: [] }), 'wide')).toEqual([
    'GROUP    STATE  TYPE     MEMBERS  PROTOCOL  COORDINATOR',
    'billing  -      classic  -        consumer            2',
  ]);
});

test('an answer about all groups that lacks some fails the command, and JSON says what is missing', async () => {
  const incomplete = [
    { broker: 2, error: new CliError('connection', 'gone') },
    { broker: undefined, error: new CliError('broker', '5 of 50 partitions have no leader', { hint: 'look' }) },
  ];
  const reports = [
    listReport({ groups: [], incomplete, unmatched: [] }),
    describeReport({ groups: [], incomplete }),
    membersReport({ groups: [], incomplete }, false),
  ];
  for (const { exitCode, document } of reports) {
    expect(exitCode).toBe(1);
    expect(document).toEqual({
      groups: [],
      incomplete: [
        { broker: 2, error: { code: 'connection', message: 'gone', hint: null } },
        { broker: null, error: { code: 'broker', message: '5 of 50 partitions have no leader', hint: 'look' } },
      ],
    });
  }
  const said: string[] = [];
  gapNotices({ options: {}, failure: (line) => void said.push(line) }, incomplete);
  expect(said).toEqual([
    'error: broker 2 did not tell of its groups: gone',
    'error: 5 of 50 partitions have no leader',
    'hint: look',
  ]);
  expect(await shown(listReport({ groups: [], incomplete, unmatched: ['x'] }))).toEqual([]);
});

test('CSV of an export is as kafka-consumer-groups writes it: no header, and the group only where there are several', async () => {
  const partitions = [
    { topic: 'orders', partition: 10, offset: 3n },
    { topic: 'orders', partition: 2, offset: 2n ** 60n },
  ];
  expect(await shown(exportReport({ groups: [{ group: 'b', partitions }] }), 'csv')).toEqual([
    'orders,2,1152921504606846976',
    'orders,10,3',
  ]);
  const two = {
    groups: [
      { group: 'b, "c"', partitions: partitions.slice(0, 1) },
      { group: 'a', partitions: partitions.slice(1) },
    ],
  };
  expect(await shown(exportReport(two), 'csv')).toEqual(['a,orders,2,1152921504606846976', '"b, ""c""",orders,10,3']);
  expect(exportReport(two).defaultFormat).toBe('json');
});

test('an export with timestamps writes them, null for one that is not known, and shows them in the table', async () => {
  const entry = { topic: 'orders', offset: 3n };
  const report = exportReport({
    groups: [
      {
        group: 'b',
        partitions: [
          { ...entry, partition: 0, timestamp: 1_763_712_000_000n },
          { ...entry, partition: 1, timestamp: 1_763_712_000_001n, atEnd: true },
          { ...entry, partition: 2, timestamp: 'unknown' },
        ],
      },
    ],
  });
  expect(report.document).toEqual({
    version: 1,
    group: 'b',
    partitions: [
      { ...entry, partition: 0, timestamp: 1_763_712_000_000n },
      { ...entry, partition: 1, timestamp: 1_763_712_000_001n, atEnd: true },
      { ...entry, partition: 2, timestamp: null },
    ],
  });
  expect(await shown(report, 'table')).toEqual([
    'GROUP  TOPIC   PARTITION  OFFSET  TIMESTAMP',
    'b      orders          0       3  2025-11-21T08:00:00.000Z',
    'b      orders          1       3  2025-11-21T08:00:00.001Z',
    'b      orders          2       3  -',
  ]);
});
