import { describe, expect, test } from 'vitest';
import { lineOptions, producerSettings, type ProduceFlags } from '../../../../src/cli/console/produce.js';
import { produceDocument, sayProduced } from '../../../../src/cli/console/produce-report.js';
import { topicWord } from '../../../../src/cli/console/topic-word.js';
import { partitioners } from '../../../../src/cli/console.js';
import { CliError } from '../../../../src/core/errors.js';
import { PARTITIONER_NAMES } from '../../../../src/core/partitioners/create-partitioner.js';
import { emptyRecordRange, type RecordRange } from '../../../../src/core/record-formats/record-range.js';
import type { ProduceReport } from '../../../../src/operations/console/produce.js';
import { contentOf } from '../../core/record-formats/range-content.js';

const usage = expect.objectContaining({ code: 'usage' }) as Error;

function parse(flags: ProduceFlags, line: string): RecordRange {
  const record = emptyRecordRange();
  lineOptions(flags, 0).parse(Buffer.from(line), 0, Buffer.byteLength(line), record);
  return record;
}

describe('lines', () => {
  test('flags become the parser', () => {
    const record = parse({ parseKey: true, keySeparator: '\\x3a', header: ['a=1'], partition: 2, timestamp: '5' }, 'k:v');
    expect(contentOf(record)).toEqual({ key: 'k', value: 'v' });
    expect(record).toMatchObject({ partition: 2, timestamp: 5, headers: [{ key: 'a' }] });
    expect(contentOf(parse({ input: 'jsonl' }, '{"value":"v"}'))).toEqual({ key: null, value: 'v' });
  });

  test.each<[ProduceFlags]>([
    [{ keySeparator: ':' }],
    [{ headersDelimiter: ':' }],
    [{ usePartitions: true }],
    [{ input: 'jsonl', usePartitions: true, partition: 1 }],
    [{ input: 'jsonl', nullMarker: 'x' }],
    [{ delimiter: '' }],
    [{ header: ['=x'] }],
  ])('%j is refused', (flags) => {
    expect(() => lineOptions(flags, 0)).toThrow(usage);
  });
});

describe('settings', () => {
  test.each<[ProduceFlags, object]>([
    [{}, { acks: -1, maxRequestSize: 1_048_576 }],
    [{ acks: '0' }, { acks: 0, maxRequestSize: 1_048_576 }],
    [
      { linger: '0', deliveryTimeout: '1m' },
      { acks: -1, lingerMs: 0, deliveryTimeoutMs: 60_000, maxRequestSize: 1_048_576 },
    ],
    [
      { maxMessageBytes: 99, idempotence: false },
      { acks: -1, maxRequestSize: 99, idempotence: false },
    ],
  ])('%j', (flags, settings) => {
    expect(producerSettings(flags)).toEqual(settings);
  });

  test('one setting with two names takes one value', () => {
    expect(() => producerSettings({ maxMessageBytes: 1, maxRequestSize: 2 })).toThrow(usage);
  });

  test('the partitioners offered are those there are', () => {
    expect(partitioners).toEqual(PARTITIONER_NAMES);
  });
});

test('a topic is named once', () => {
  expect(topicWord(['orders'], {}, 'produce')).toBe('orders');
  expect(topicWord([undefined], { topic: 'orders' }, 'produce')).toBe('orders');
  expect(() => topicWord([undefined], {}, 'produce')).toThrow(usage);
  expect(() => topicWord(['orders'], { topic: 'bills' }, 'produce')).toThrow(usage);
});

describe('the report', () => {
  const report: ProduceReport = {
    topic: 'orders',
    lines: 9,
    acknowledged: 4,
    sent: 0,
    failed: 5,
    failures: [
      {
        partition: 2,
        first: { file: 'a.txt', line: 3 },
        last: { file: 'b.txt', line: 1 },
        count: 4,
        error: 'DELIVERY_TIMEOUT',
        message: 'no answer',
      },
    ],
    unlisted: 1,
    transaction: undefined,
    problem: new CliError('partial', '5 records were not acknowledged'),
  };

  test('says what was not acknowledged and where it stood, and ends the run with the account', () => {
    const said: string[] = [];
    sayProduced({ failure: (line) => said.push(line), account: ({ line }) => said.push(line) }, report);
    expect(said).toEqual([
      '5 records not acknowledged',
      '  orders-2: 4 records, a.txt line 3 to b.txt line 1: no answer (DELIVERY_TIMEOUT)',
      '  and 1 record more',
      '4 records acknowledged in orders, 5 not',
    ]);
  });

  test('is one JSON document', () => {
    expect(produceDocument(report)).toEqual({
      topic: 'orders',
      lines: 9,
      acknowledged: 4,
      sentWithoutAcknowledgement: 0,
      failed: 5,
      failures: [
        {
          partition: 2,
          first: { file: 'a.txt', line: 3 },
          last: { file: 'b.txt', line: 1 },
          count: 4,
          error: 'DELIVERY_TIMEOUT',
          message: 'no answer',
        },
      ],
      failuresNotListed: 1,
      transaction: null,
      problem: '5 records were not acknowledged',
    });
  });
});
