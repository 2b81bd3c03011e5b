import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatOffsetFile } from '../../../../src/core/offset-file/format-offset-file.js';
import type { OffsetFile } from '../../../../src/core/offset-file/offset-file.js';
import { parseOffsetFile, parseOffsetRows } from '../../../../src/core/offset-file/parse-offset-file.js';
import type { ExactJson } from '../../../../src/core/offset-file/parse-members.js';

const orders = { topic: 'orders', partition: 0n, offset: 42n };
const withEntry = (change: Record<string, ExactJson>): ExactJson => ({ version: 1n, partitions: [{ ...orders, ...change }] });
const without = (member: keyof typeof orders): ExactJson => {
  const { [member]: _dropped, ...rest } = orders;
  return { partitions: [rest] };
};

const bad: [string, ExactJson, string[]][] = [
  ['null', null, [': must be a JSON object, found null']],
  ['a number', 5n, [': must be a JSON object, found 5']],
  ['an array', [], [': must be a JSON object, found an array']],
  ['a text', 'x', [": must be a JSON object, found the text 'x'"]],
  ['an empty object', {}, ['partitions: is missing']],
  ['a newer version', { version: 2n, partitions: [] }, ['version: must be 1, the only version there is, found 2']],
  ['version 0', { version: 0n, partitions: [] }, ['version: must be 1, the only version there is, found 0']],
  ['a version as text', { version: '1', partitions: [] }, ["version: must be 1, the only version there is, found the text '1'"]],
  ['a fractional version', { version: 1.5, partitions: [] }, ['version: must be 1, the only version there is, found 1.5']],
  ['a null version', { version: null, partitions: [] }, ['version: must be 1, the only version there is, found null']],
  ['partitions as an object', { partitions: {} }, ['partitions: must be an array, found an object']],
  ['partitions null', { partitions: null }, ['partitions: must be an array, found null']],
  ['a partition that is null', { partitions: [null] }, ['partitions[0]: must be an object, found null']],
  ['a partition that is a number', { partitions: [7n] }, ['partitions[0]: must be an object, found 7']],
  ['a partition that is an array', { partitions: [[]] }, ['partitions[0]: must be an object, found an array']],
  ['no topic', without('topic'), ['partitions[0].topic: is missing']],
  ['no partition number', without('partition'), ['partitions[0].partition: is missing']],
  ['no offset', without('offset'), ['partitions[0].offset: is missing']],
  ['an empty topic', withEntry({ topic: '' }), ['partitions[0].topic: must not be empty']],
  [
    'a topic of a name that no topic can have',
    withEntry({ topic: 'my orders' }),
    ["partitions[0].topic: topic name 'my orders' contains ' '; only letters, digits, '.', '_' and '-' are allowed"],
  ],
  ['a topic that is a number', withEntry({ topic: 5n }), ['partitions[0].topic: must be text, found 5']],
  ['a topic that is null', withEntry({ topic: null }), ['partitions[0].topic: must be text, found null']],
  ['a partition as text', withEntry({ partition: '0' }), ["partitions[0].partition: must be a whole number, found the text '0'"]],
  ['a fractional partition', withEntry({ partition: 0.5 }), ['partitions[0].partition: must be a whole number, found 0.5']],
  ['a negative partition', withEntry({ partition: -1n }), ['partitions[0].partition: must be from 0 to 2147483647, found -1']],
  [
    'a huge partition',
    withEntry({ partition: 2147483648n }),
    ['partitions[0].partition: must be from 0 to 2147483647, found 2147483648'],
  ],
  ['a partition that is null', withEntry({ partition: null }), ['partitions[0].partition: must be a whole number, found null']],
  ['an offset as text', withEntry({ offset: '42' }), ["partitions[0].offset: must be a whole number, found the text '42'"]],
  ['a fractional offset', withEntry({ offset: 1.5 }), ['partitions[0].offset: must be a whole number, found 1.5']],
  ['an offset that is true', withEntry({ offset: true }), ['partitions[0].offset: must be a whole number, found true']],
  ['an offset that is null', withEntry({ offset: null }), ['partitions[0].offset: must be a whole number, found null']],
  [
    'an offset of -1 where it has no meaning',
    withEntry({ offset: -1n }),
    ['partitions[0].offset: must be 0 or more (-1, the high watermark, has a meaning only when records are deleted), found -1'],
  ],
  ['an offset of -2', withEntry({ offset: -2n }), ['partitions[0].offset: must be from 0 to 9223372036854775807, found -2']],
  [
    'an offset past int64',
    withEntry({ offset: 2n ** 63n }),
    ['partitions[0].offset: must be from 0 to 9223372036854775807, found 9223372036854775808'],
  ],
  [
    'a leader epoch as text',
    withEntry({ leaderEpoch: '3' }),
    ["partitions[0].leaderEpoch: must be a whole number, found the text '3'"],
  ],
  ['a leader epoch of -2', withEntry({ leaderEpoch: -2n }), ['partitions[0].leaderEpoch: must be from 0 to 2147483647, found -2']],
  ['metadata that is a number', withEntry({ metadata: 5n }), ['partitions[0].metadata: must be text, found 5']],
  [
    'a topic id that is none',
    withEntry({ topicId: 'abc' }),
    ["partitions[0].topicId: must be a topic id of 22 characters, found 'abc'"],
  ],
  [
    'a timestamp as text',
    withEntry({ timestamp: '2026-11-21' }),
    ["partitions[0].timestamp: must be a whole number, found the text '2026-11-21'"],
  ],
  ['a fractional timestamp', withEntry({ timestamp: 1.5 }), ['partitions[0].timestamp: must be a whole number, found 1.5']],
  [
    'a negative timestamp',
    withEntry({ timestamp: -1n }),
    ['partitions[0].timestamp: must be milliseconds since 1970, or null where none is known, found -1'],
  ],
  ['an end that is a number', withEntry({ atEnd: 1n }), ['partitions[0].atEnd: must be true or false, found 1']],
  ['an end that is null', withEntry({ atEnd: null }), ['partitions[0].atEnd: must be true or false, found null']],
  ['a partition twice', { partitions: [orders, orders] }, ['partitions[1]: repeats orders-0 of partitions[0]']],
  ['a group that is a number', { group: 5n, partitions: [] }, ['group: must be text, found 5']],
  ['an empty group', { group: '', partitions: [] }, ['group: must not be empty']],
  ['a cluster id that is a number', { clusterId: 5n, partitions: [] }, ['clusterId: must be text, found 5']],
  ['a time that is a number', { takenAt: 5n, partitions: [] }, ['takenAt: must be text, found 5']],
  ['groups and partitions', { groups: [], partitions: [] }, [": has both 'groups' and 'partitions'; one of them must go"]],
  ['groups as an object', { groups: {} }, ['groups: must be an array, found an object']],
  ['a group that is null', { groups: [null] }, ['groups[0]: must be an object, found null']],
  ['a group without its name', { groups: [{ partitions: [] }] }, ['groups[0].group: is missing']],
  ['a group without partitions', { groups: [{ group: 'g' }] }, ['groups[0].partitions: is missing']],
  [
    'a group twice',
    {
      groups: [
        { group: 'g', partitions: [] },
        { group: 'g', partitions: [] },
      ],
    },
    ["groups[1].group: repeats group 'g' of groups[0]"],
  ],
  [
    'a partition twice in a group',
    { groups: [{ group: 'g', partitions: [orders, orders] }] },
    ['groups[0].partitions[1]: repeats orders-0 of groups[0].partitions[0]'],
  ],
  [
    'several problems',
    { version: 3n, partitions: [{ topic: '', partition: 'x' }] },
    [
      'version: must be 1, the only version there is, found 3',
      'partitions[0].topic: must not be empty',
      "partitions[0].partition: must be a whole number, found the text 'x'",
      'partitions[0].offset: is missing',
    ],
  ],
];

describe('an offset file that is refused', () => {
  test.each(bad)('%s', (_title, json, messages) => {
    const parsed = parseOffsetFile(json, { allowHighWatermark: false });
    expect('problems' in parsed && parsed.problems.map(({ at, message }) => `${at}: ${message}`)).toEqual(messages);
  });
});

const entry = fc.record(
  {
    topic: fc.stringMatching(/^[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,20}$/),
    partition: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    offset: fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.constant('high-watermark' as const)),
    leaderEpoch: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    metadata: fc.string(),
    timestamp: fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.constant('unknown' as const)),
    atEnd: fc.constant(true as const),
  },
  { requiredKeys: ['topic', 'partition', 'offset'] },
);
const partitions = fc.uniqueArray(entry, { selector: ({ topic, partition }) => `${topic} ${partition}` });

/** What an exact JSON reader makes of a document that is written and read again. */
function exact(value: unknown): ExactJson {
  if (typeof value === 'number') return BigInt(value);
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, exact(member)]));
  return value as ExactJson; // text, bigint, boolean and null stay what they are
}

function sorted(file: OffsetFile): OffsetFile {
  const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
  const groups = file.groups.map((group) => ({
    ...group,
    partitions: [...group.partitions].sort((left, right) => order(left.topic, right.topic) || left.partition - right.partition),
  }));
  return { ...file, groups: groups.sort((left, right) => order(left.group ?? '', right.group ?? '')) };
}

describe('an offset file that is taken', () => {
  test('what was written is read again, for any partitions and groups', () => {
    const group = fc.record({ group: fc.string({ minLength: 1 }), partitions });
    const file = fc.record({
      clusterId: fc.string(),
      groups: fc.uniqueArray(group, { minLength: 1, maxLength: 4, selector: (one) => one.group }),
    });
    fc.assert(
      fc.property(file, (written) => {
        expect(parseOffsetFile(exact(formatOffsetFile(written)), { allowHighWatermark: true })).toEqual({ file: sorted(written) });
      }),
    );
  });

  test('any JSON at all is taken or refused with problems, never an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const parsed = parseOffsetFile(exactLoose(json), { allowHighWatermark: false });
        expect('file' in parsed || parsed.problems.length > 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("Kafka's own delete-records file is read, -1 as the high watermark and the version optional", () => {
    expect(parseOffsetFile({ partitions: [{ ...orders, offset: -1n }] }, { allowHighWatermark: true })).toEqual({
      file: { groups: [{ partitions: [{ topic: 'orders', partition: 0, offset: 'high-watermark' }] }] },
    });
  });

  test('a timestamp of null says that none is known, and atEnd of false says nothing', () => {
    const parsed = parseOffsetFile(withEntry({ timestamp: null, atEnd: false }), { allowHighWatermark: false });
    expect(parsed).toEqual({
      file: { groups: [{ partitions: [{ topic: 'orders', partition: 0, offset: 42n, timestamp: 'unknown' }] }] },
    });
  });

  test('members that other tools add are ignored, and a leader epoch of -1 or null means that none is known', () => {
    const json: ExactJson = {
      extra: true,
      partitions: [
        { ...orders, leaderEpoch: -1n, lag: 5n },
        { ...orders, partition: 1n, leaderEpoch: null },
      ],
    };
    expect(parseOffsetFile(json, { allowHighWatermark: false })).toEqual({
      file: {
        groups: [
          {
            partitions: [
              { topic: 'orders', partition: 0, offset: 42n },
              { topic: 'orders', partition: 1, offset: 42n },
            ],
          },
        ],
      },
    });
  });
});

function exactLoose(value: unknown): ExactJson {
  return JSON.parse(JSON.stringify(value), (_key, member: unknown) =>
    Number.isSafeInteger(member) ? BigInt(member as number) : member,
  ) as ExactJson;
}

describe("the rows of Kafka's CSV exports", () => {
  const rows = (...lines: string[]): { line: number; cells: string[] }[] =>
    lines.map((text, index) => ({ line: index + 1, cells: text.split(',') }));

  test('three fields are topic, partition, offset', () => {
    expect(parseOffsetRows(rows('orders,0,5', 'orders,1,9223372036854775807'))).toEqual({
      file: {
        groups: [
          {
            partitions: [
              { topic: 'orders', partition: 0, offset: 5n },
              { topic: 'orders', partition: 1, offset: 9223372036854775807n },
            ],
          },
        ],
      },
    });
  });

  test('four fields begin with the group', () => {
    expect(parseOffsetRows(rows('a,orders,0,5', 'b,orders,0,6'))).toEqual({
      file: {
        groups: [
          { group: 'a', partitions: [{ topic: 'orders', partition: 0, offset: 5n }] },
          { group: 'b', partitions: [{ topic: 'orders', partition: 0, offset: 6n }] },
        ],
      },
    });
  });

  test.each([
    ['no rows', rows(), [': is empty']],
    ['two fields', rows('orders,0'), ['line 1: must have topic,partition,offset, found 2 fields']],
    [
      'rows of different width',
      rows('g,orders,0,1', 'orders,1,1'),
      ['line 2: must have group,topic,partition,offset, found 3 fields'],
    ],
    ['text for an offset', rows('orders,0,x'), ["line 1.offset: must be a whole number, found the text 'x'"]],
    ['a negative offset', rows('orders,0,-5'), ['line 1.offset: must be from 0 to 9223372036854775807, found -5']],
    ['a row twice', rows('orders,0,1', 'orders,0,2'), ['line 2: repeats orders-0 of line 1']],
    ['an empty group', rows(',orders,0,1'), ['line 1: the group must not be empty']],
  ])('%s: refused', (_title, given, messages) => {
    const parsed = parseOffsetRows(given);
    expect('problems' in parsed && parsed.problems.map(({ at, message }) => `${at}: ${message}`)).toEqual(messages);
  });
});
