import { describe, expect, test } from 'vitest';
import { alterReport, planReport } from '../../../../src/cli/topics/alter-report.js';
import { createReport } from '../../../../src/cli/topics/create.js';
import { deleteReport } from '../../../../src/cli/topics/delete.js';
import { DescribeConfigs } from '../../../../src/protocol/messages/describe-configs.js';
import { ListPartitionReassignments } from '../../../../src/protocol/messages/list-partition-reassignments.js';
import { describeReport } from '../../../../src/cli/topics/describe-report.js';
import { listReport } from '../../../../src/cli/topics/list.js';
import { brokerError } from '../../../../src/client/broker-error.js';
import { CliError } from '../../../../src/core/errors.js';
import { describeTopics } from '../../../../src/operations/topics/describe.js';
import { renderReport, type ReportFormat } from '../../../../src/output/render.js';
import type { Report } from '../../../../src/output/report.js';
import { createTheme } from '../../../../src/output/theme.js';
import { parseTopicSelection } from '../../../../src/core/topics/topic-selection.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeTopics } from '../../fakes/fake-topics.js';

async function show(report: Report, format: ReportFormat = 'table'): Promise<string> {
  return (await renderReport(report, format, () => createTheme(false))).stdout;
}

const summary = { name: 'orders', id: 'abc', internal: false, partitionCount: 3, replicationFactor: 2 };

describe('topics list', () => {
  const report = listReport({ topics: [summary, { ...summary, name: 'bills', id: undefined }], unmatched: [] });

  test('the JSON keys', () => {
    expect(report.document).toEqual({
      topics: [
        { name: 'orders', topicId: 'abc', internal: false, partitionCount: 3, replicationFactor: 2 },
        { name: 'bills', topicId: null, internal: false, partitionCount: 3, replicationFactor: 2 },
      ],
    });
  });

  test('every form', async () => {
    expect(await show(report)).toBe('TOPIC\norders\nbills\n');
    expect(await show(report, 'wide')).toBe(
      'TOPIC   PARTITIONS  REPLICATION-FACTOR  INTERNAL  TOPIC-ID\norders           3                   2  false     abc\nbills            3                   2  false     -\n',
    );
    expect(await show(report, 'names')).toBe('orders\nbills\n');
    expect(await show(report, 'csv')).toBe(
      'topic,partitions,replication_factor,internal,topic_id\norders,3,2,false,abc\nbills,3,2,false,\n',
    );
  });
});

describe('topics create', () => {
  const error = brokerError(36, "Topic 'b' already exists.", "cannot create topic 'b'");
  const results = [
    { name: 'a', status: 'created', id: 'x', partitionCount: 1, replicationFactor: 1, error: undefined },
    { name: 'b', status: 'failed', id: undefined, partitionCount: undefined, replicationFactor: undefined, error },
  ] as const;

  test('the JSON keys, and exit code 1 for one failure', () => {
    expect(createReport(results, false)).toMatchObject({
      exitCode: 1,
      document: {
        dryRun: false,
        topics: [
          { name: 'a', status: 'created', topicId: 'x', partitionCount: 1, replicationFactor: 1, error: null },
          {
            name: 'b',
            status: 'failed',
            topicId: null,
            partitionCount: null,
            replicationFactor: null,
            error: {
              code: 'TOPIC_ALREADY_EXISTS',
              message: "cannot create topic 'b': Topic 'b' already exists (TOPIC_ALREADY_EXISTS)",
              hint: 'look at it with: kafkit topics describe TOPIC',
            },
          },
        ],
      },
    });
  });

  test('the table', async () => {
    expect(await show(createReport(results, false))).toBe(
      'TOPIC  STATUS   PARTITIONS  REPLICATION-FACTOR\na      created           1                   1\nb      failed            -                   -\n',
    );
  });

  test('no failure, no exit code', () => {
    expect(createReport(results.slice(0, 1), false)).not.toHaveProperty('exitCode');
  });
});

describe('topics alter', () => {
  const increase = { kind: 'partitions', topic: 'a', from: 3, to: 6, assignment: undefined } as const;
  const removal = { kind: 'config', topic: 'a', setting: 'x.ms', operation: 'delete', from: '5', to: '7' } as const;
  const plan = { changes: [increase, removal], unchanged: [], problems: [], warnings: ['keys move'] };

  test('the plan shows old and new values and its warnings', async () => {
    expect(await show(planReport(plan))).toBe(
      'TOPIC  CHANGE      FROM  TO\na      partitions  3     6\na      x.ms        5     7 (inherited)\n\nwarning: keys move\n',
    );
  });

  test('a dry run reports the plan as planned', () => {
    expect(alterReport({ plan, results: undefined }).document).toEqual({
      dryRun: true,
      changes: [
        { topic: 'a', kind: 'partitions', from: 3, to: 6, status: 'planned', error: null },
        { topic: 'a', kind: 'config', setting: 'x.ms', operation: 'delete', from: '5', to: '7', status: 'planned', error: null },
      ],
    });
  });

  test('what failed or is not known ends with 1 and says so', () => {
    const error = new CliError('timeout', 'no answer');
    const report = alterReport({
      plan,
      results: [
        { change: increase, status: 'unknown', error },
        { change: removal, status: 'not-tried', error: undefined },
      ],
    });
    expect(report).toMatchObject({
      exitCode: 1,
      document: {
        dryRun: false,
        changes: [
          { status: 'unknown', error: { code: 'timeout', message: 'no answer', hint: null } },
          { status: 'not-tried', error: null },
        ],
      },
    });
  });
});

describe('topics delete', () => {
  const plan = {
    topics: [{ name: 'a', internal: false, partitionCount: 2, records: 9007199254740993n, withoutRecords: 0 }],
    missing: [],
  };

  test('a dry run reports what would go', async () => {
    const report = deleteReport({ plan, results: undefined });
    expect(report.document).toEqual({
      dryRun: true,
      topics: [{ name: 'a', internal: false, partitionCount: 2, records: 9007199254740993n, status: 'planned', error: null }],
    });
    expect(await show(report)).toBe(
      'TOPIC  PARTITIONS           RECORDS\na               2  9007199254740993\n\ndeletes this topic with every record; RECORDS counts offsets, so compacted topics hold fewer\n',
    );
  });

  test('a count that lacks partitions says so', async () => {
    const [topic] = plan.topics;
    if (topic === undefined) throw new Error('no topic');
    const report = deleteReport({ plan: { ...plan, topics: [{ ...topic, withoutRecords: 1 }] }, results: undefined });
    expect(report.document).toMatchObject({ topics: [{ withoutRecords: 1 }] });
    expect(await show(report)).toContain("topic 'a': RECORDS lacks 1 of 2 partitions, which did not answer");
  });

  test('the JSON keys of what was done', () => {
    const report = deleteReport({ plan, results: [{ name: 'a', status: 'deleted', error: undefined }] });
    expect(report.document).toEqual({
      dryRun: false,
      topics: [{ name: 'a', internal: false, partitionCount: 2, records: 9007199254740993n, status: 'deleted', error: null }],
    });
    expect(report).not.toHaveProperty('exitCode');
  });
});

describe('topics describe', () => {
  const cluster = new FakeTopics({
    orders: { partitions: [{ elr: [] }, { leader: null, isr: [], elr: [2] }], configs: { 'retention.ms': '5' } },
  });
  const input = { topics: parseTopicSelection([]), includeInternal: false, filters: [], withOverrides: false };

  test('the JSON keys', async () => {
    const result = await describeTopics(fakeContext(cluster), input);
    expect(describeReport(result, { partitionsOnly: false, allConfigs: false }).document).toEqual({
      topics: [
        {
          name: 'orders',
          topicId: 'id-of-orders',
          internal: false,
          partitionCount: 2,
          replicationFactor: 3,
          partitions: [
            {
              partition: 0,
              leader: 1,
              leaderEpoch: 7,
              replicas: [1, 2, 3],
              isr: [1, 2, 3],
              offlineReplicas: [],
              eligibleLeaderReplicas: [],
              lastKnownElr: [],
              addingReplicas: [],
              removingReplicas: [],
            },
            expect.objectContaining({ partition: 1, leader: null, isr: [], eligibleLeaderReplicas: [2] }),
          ],
          configs: [{ name: 'retention.ms', value: '5', source: 'topic', readOnly: false, sensitive: false }],
        },
      ],
      leaders: {
        brokers: [
          { broker: 1, leaders: 1, preferredLeaders: 2, replicas: 2 },
          { broker: 2, leaders: 0, preferredLeaders: 0, replicas: 2 },
          { broker: 3, leaders: 0, preferredLeaders: 0, replicas: 2 },
        ],
        partitions: 2,
        leaderless: 1,
        notPreferred: 0,
      },
    });
  });

  test('the tables and the line about leaders', async () => {
    const result = await describeTopics(fakeContext(cluster), input);
    expect(await show(describeReport(result, { partitionsOnly: false, allConfigs: true }))).toBe(
      [
        'TOPIC   PARTITIONS  REPLICATION-FACTOR  TOPIC-ID',
        'orders           2                   3  id-of-orders',
        '',
        'PARTITIONS',
        'TOPIC   PARTITION  LEADER  REPLICAS  ISR    ELR',
        'orders          0  1       1,2,3     1,2,3  -',
        'orders          1  none    1,2,3     -      2',
        '',
        'SETTINGS',
        'TOPIC   SETTING              VALUE   SOURCE',
        'orders  cleanup.policy       delete  default',
        'orders  min.insync.replicas  1       default',
        'orders  retention.ms         5       topic',
        '',
        'leaders: broker 1: 1, broker 2: 0, broker 3: 0; 1 without a leader',
        '',
      ].join('\n'),
    );
  });

  test('settings and moves that must not be seen are null with a reason, and a filter that needs settings does not say none', async () => {
    const denied = new FakeTopics({ orders: {} })
      .answer(ListPartitionReassignments, () => ({ throttleTimeMs: 0, errorCode: 31, errorMessage: null, topics: [] }))
      .answer(DescribeConfigs, ({ resources }) => ({
        throttleTimeMs: 0,
        results: resources.map((resource) => ({ ...resource, errorCode: 29, errorMessage: null, configs: [] })),
      }));
    const plain = describeReport(await describeTopics(fakeContext(denied), input), { partitionsOnly: false, allConfigs: false });
    expect(plain).toMatchObject({
      exitCode: 1,
      document: {
        topics: [
          {
            configs: null,
            configsError: { code: 'TOPIC_AUTHORIZATION_FAILED' },
            partitions: [{ addingReplicas: null, removingReplicas: null }],
          },
        ],
      },
    });
    const filtered = await describeTopics(fakeContext(denied), { ...input, filters: ['underMinIsr'] });
    const report = describeReport(filtered, { partitionsOnly: true, allConfigs: false });
    expect(report).toMatchObject({ exitCode: 1, document: { topics: [], undecided: ['orders'] } });
    expect(await show(report)).not.toContain('no partition is like that');
  });

  test('a filter leaves the partition table alone', async () => {
    const result = await describeTopics(fakeContext(cluster), { ...input, filters: ['unavailable'] });
    expect(await show(describeReport(result, { partitionsOnly: true, allConfigs: false }))).toBe(
      'PARTITIONS\nTOPIC   PARTITION  LEADER  REPLICAS  ISR  ELR\norders          1  none    1,2,3     -    2\n',
    );
  });
});
