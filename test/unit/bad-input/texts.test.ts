import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAddress, parseAddress } from '../../../src/core/address.js';
import { CliError } from '../../../src/core/errors.js';
import { parseLogPlace } from '../../../src/core/offset-targets/parse-log-place.js';
import { parseOffsetTarget } from '../../../src/core/offset-targets/offset-target.js';
import { parseTime } from '../../../src/core/offset-targets/parse-time.js';
import { parseDuration } from '../../../src/core/parse-duration.js';
import { parseEscapes } from '../../../src/core/record-formats/escape-sequences.js';
import { parseFormatString } from '../../../src/core/record-formats/format-string.js';
import { parsePrintColumns } from '../../../src/core/record-formats/print-columns.js';
import { parseResetAim } from '../../../src/core/reset/parse-reset-target.js';
import { parseScope } from '../../../src/core/reset/parse-scope.js';
import { parseConfigChanges } from '../../../src/core/topics/config-changes.js';
import { parsePartitionList } from '../../../src/core/topics/partition-selection.js';
import { parseReplicaAssignment } from '../../../src/core/topics/replica-assignment.js';
import { parseTopicSelection } from '../../../src/core/topics/topic-selection.js';
import { nearMisses, numRuns } from './near-misses.js';

interface Case {
  readonly name: string;
  readonly samples: readonly string[];
  readonly parse: (text: string) => unknown;
  /** What may be taken, by a rule written down a second time; unset: the parser takes any text of some shape. */
  readonly mayTake?: RegExp;
}

const now = 1_700_000_000_000;
const amount = String.raw`\d+(\.\d+)?`;
const duration = String.raw`(${amount}w)?(${amount}d)?(${amount}h)?(${amount}m)?(${amount}s)?(${amount}ms)?|[pP][\dWDTHMSwdthms.,]+`;
// Plain numbers are milliseconds: short ones, and those of 13 digits; what may be seconds or finer is refused.
const time = String.raw`\d{1,9}|\d{13}|@-?\d+(\.\d+)?|now|(${duration}) ago|\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)?)?|-(${duration})`;

const cases: readonly Case[] = [
  {
    name: 'durations',
    samples: ['15s', '1h30m', '500ms', '1.5h', 'PT1H30M', 'P7D'],
    parse: (text) => parseDuration(text, '--x'),
    mayTake: new RegExp(`^(${duration})$`),
  },
  {
    name: 'times',
    samples: [
      '1700000000000',
      '2026-11-21T08:00:00Z',
      '2026-11-21',
      '2026-11-21T08:00+01:00',
      '-1h',
      '@1795951423.5',
      '2h ago',
      'now',
    ],
    parse: (text) => parseTime(text, now, '--x'),
    mayTake: new RegExp(`^(${time})$`),
  },
  {
    name: 'places in a log',
    samples: ['earliest', 'latest', 'max-timestamp', '2026-11-21T08:00:00Z', '-1h', '1700000000000'],
    parse: (text) => parseLogPlace(text, now, '--time'),
    mayTake: new RegExp(`^([a-z-]+|${time})$`, 'i'),
  },
  {
    name: 'offsets',
    samples: ['earliest', 'latest', 'end-10', '42', '0'],
    parse: (text) => parseOffsetTarget(text, '--offset'),
    mayTake: /^(earliest|latest|beginning|end|end-\d+|\d+)$/i,
  },
  {
    name: 'addresses',
    samples: ['localhost:9092', '[::1]:9092', '10.0.0.1:1'],
    parse: (text) => parseAddress(text),
    mayTake: /^(\[[0-9a-fA-F:.%\w]+\]|[^\s:,[\]]+):\d{1,5}$/,
  },
  {
    name: 'partition lists',
    samples: ['0', '0,1,2', '7,8'],
    parse: (text) => parsePartitionList(text, '--partition'),
    mayTake: /^\s*\d+(\s*,\s*\d+)*\s*$/,
  },
  {
    name: 'topics with partitions',
    samples: ['orders', 'orders:0', 'orders:0,2', 'a.b_c-d:1,3'],
    parse: (text) => parseScope([text]),
    mayTake: /^[^:]+(:[\d,]+)?$/,
  },
  {
    name: 'replica assignments',
    samples: ['1', '1:2', '1:2,2:3', '0:1:2'],
    parse: parseReplicaAssignment,
    mayTake: /^\s*\d+(\s*:\s*\d+)*(\s*,\s*\d+(\s*:\s*\d+)*)*\s*$/,
  },
  {
    name: 'config changes',
    samples: ['retention.ms=1000', 'cleanup.policy=compact,delete', 'a='],
    parse: (text) => parseConfigChanges([text]),
    mayTake: /^[^=]+=[^]*$/,
  },
  {
    name: 'print columns',
    samples: ['key,value', 'topic,partition,offset', 'timestamp'],
    parse: parsePrintColumns,
    mayTake: /^\s*[a-z]+\s*(,\s*[a-z]+\s*)*$/,
  },
  { name: 'escape sequences', samples: ['\\t', 'a\\nb', '\\x41', '\\\\'], parse: (text) => parseEscapes(text, '--x') },
  {
    name: 'format strings',
    samples: ['%t %p %o\\n', '%k=%v', '%T %h %K %S %%', '\\x41'],
    parse: (text) => parseFormatString(text, () => {}),
  },
  { name: 'topic patterns', samples: ['orders', 'orders-*', '/^a-(b|c)$/', 'a?c'], parse: (text) => parseTopicSelection([text]) },
  {
    name: 'reset offsets',
    samples: ['42', '0', '9223372036854775807'],
    parse: (text) => parseResetAim({ toOffset: text }, now),
    mayTake: /^\d+$/,
  },
  {
    name: 'reset shifts',
    samples: ['-10', '10', '+3', '0'],
    parse: (text) => parseResetAim({ shiftBy: text }, now),
    mayTake: /^[+-]?\d+$/,
  },
  {
    name: 'reset durations',
    samples: ['PT1H30M', 'P7D', '1h30m'],
    parse: (text) => parseResetAim({ byDuration: text }, now),
    mayTake: new RegExp(`^(${duration})$`),
  },
  {
    name: 'reset times',
    samples: ['2026-11-21T08:00:00+01:00', '2026-11-21', '-1h'],
    parse: (text) => parseResetAim({ toDatetime: text }, now),
    mayTake: new RegExp(`^(${time})$`),
  },
];

/** What became of a text: taken, or refused by an error for people. */
function outcomeOf(parse: (text: string) => unknown, text: string): 'taken' | 'refused' {
  try {
    const value = parse(text);
    // An address is refused by the reason in its place.
    return typeof value === 'string' ? 'refused' : 'taken';
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    expect(error.message).not.toMatch(/undefined|\[object|NaN/);
    expect(error.message.length).toBeGreaterThan(5);
    return 'refused';
  }
}

describe('a text that is almost right is taken for what it says or refused with a reason', () => {
  test.each(cases)('$name', ({ samples, parse, mayTake }) => {
    for (const sample of samples) expect([sample, outcomeOf(parse, sample)]).toEqual([sample, 'taken']);
    let refused = 0;
    fc.assert(
      fc.property(nearMisses(samples), (text) => {
        if (outcomeOf(parse, text) === 'refused') refused++;
        else if (mayTake !== undefined) expect(text).toMatch(mayTake);
      }),
      { numRuns },
    );
    if (mayTake !== undefined) expect(refused).toBeGreaterThan(numRuns / 20);
  });
});

test('an address that was taken is written as it was read', () => {
  fc.assert(
    fc.property(nearMisses(['localhost:9092', '[::1]:9092']), (text) => {
      const address = parseAddress(text);
      if (typeof address === 'string') return;
      expect(parseAddress(formatAddress(address))).toEqual(address);
    }),
    { numRuns },
  );
});
