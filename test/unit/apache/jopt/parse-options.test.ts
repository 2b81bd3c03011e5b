import { describe, expect, test } from 'vitest';
import { formatUsage } from '../../../../src/apache/jopt/format-usage.js';
import type { OptionSpec } from '../../../../src/apache/jopt/option-spec.js';
import { parseOptions } from '../../../../src/apache/jopt/parse-options.js';

const specs: OptionSpec[] = [
  { name: 'topic', argument: 'required', describedAs: 'topic', description: 'The topic.' },
  { name: 'partitions', argument: 'required', type: 'Integer', description: '' },
  { name: 'timeout', argument: 'required', type: 'Long', description: '', default: '5000' },
  { name: 'list', argument: 'none', description: 'List all.' },
  { name: 'state', argument: 'optional', description: '' },
];

// Each row was checked by running jopt-simple 5.0.4 itself.
describe('words that are taken', () => {
  test.each<[string[], Record<string, string[]>, string[]]>([
    [['--topic', 'a'], { topic: ['a'] }, []],
    [['-topic', 'a'], { topic: ['a'] }, []],
    [['--topic=a'], { topic: ['a'] }, []],
    [['-topic=a'], { topic: ['a'] }, []],
    [['--topic=a=b'], { topic: ['a=b'] }, []],
    [['--topic=', 'b'], { topic: [''] }, ['b']],
    [['--topic', ''], { topic: [''] }, []],
    [['--topic', '--'], { topic: ['--'] }, []],
    [['--topic', '--list'], { topic: ['--list'] }, []],
    [['--topic', 'a', '--topic', 'b'], { topic: ['a', 'b'] }, []],
    [['--list=foo'], { list: [] }, []],
    [['--state', '--list'], { state: [], list: [] }, []],
    [['--state', 'x'], { state: ['x'] }, []],
    [['--state=x'], { state: ['x'] }, []],
    [['--state'], { state: [] }, []],
    [['--', '--list'], {}, ['--list']],
    [['-'], {}, ['-']],
    [['extra', '--list', 'more'], { list: [] }, ['extra', 'more']],
  ])('%j', (argv, values, words) => {
    const options = parseOptions(specs, argv);
    const found = Object.fromEntries(
      specs.filter(({ name }) => options.has(name)).map(({ name }) => [name, [...options.values(name)]]),
    );
    expect({ found, words: options.words }).toEqual({ found: values, words });
  });
});

describe('words that are refused', () => {
  test.each([
    [['--topic'], 'Option topic requires an argument'],
    [['-t', 'a'], 't is not a recognized option'],
    [['-bogus'], 'b is not a recognized option'],
    [['--bogus'], 'bogus is not a recognized option'],
    [['--bogus=1'], 'bogus is not a recognized option'],
    [['--top', 'foo'], 'top is not a recognized option'],
    [['-listx'], 'l is not a recognized option'],
    [['--state', '-1'], '1 is not a recognized option'],
    [['--state', '-topic'], 'Option topic requires an argument'],
  ])('%j', (argv, message) => {
    expect(() => parseOptions(specs, argv)).toThrow(expect.objectContaining({ name: 'OptionError', message }));
  });
});

describe('a value is checked when it is read', () => {
  test.each([
    [['--partitions', '1'], 1],
    [['--partitions', '+1'], 1],
    [['--partitions', '-5'], -5],
    [['--partitions', '2147483647'], 2147483647],
    [[], undefined],
  ])('%j is a number', (argv, value) => {
    expect(parseOptions(specs, argv).integer('partitions')).toBe(value);
  });

  test.each([
    [['--partitions', 'x'], "Cannot parse argument 'x' of option partitions"],
    [['--partitions', ' 1'], "Cannot parse argument ' 1' of option partitions"],
    [['--partitions', '1.0'], "Cannot parse argument '1.0' of option partitions"],
    [['--partitions', '0x1'], "Cannot parse argument '0x1' of option partitions"],
    [['--partitions', '2147483648'], "Cannot parse argument '2147483648' of option partitions"],
    [['--partitions', '1', '--partitions', '2'], 'Found multiple arguments for option partitions, but you asked for only one'],
  ])('%j is not', (argv, message) => {
    expect(() => parseOptions(specs, argv).integer('partitions')).toThrow(
      expect.objectContaining({ name: 'OptionError', message }),
    );
  });

  test('an absent option has its default', () => {
    expect(parseOptions(specs, []).long('timeout')).toBe(5000n);
  });
});

test('the usage table is sorted, and wraps descriptions with an indent', () => {
  const description =
    'The topic of a thing that has a long description which wraps around at some width, I guess, maybe eighty columns wide.';
  expect(
    formatUsage([
      { name: 'topic', argument: 'required', describedAs: 'topic name', description },
      { name: 'n', argument: 'required', type: 'Long', description: 'num', default: '5000' },
      { name: 'state', argument: 'optional', description: '' },
      { name: 'list', argument: 'none', description: 'List' },
    ])
      .split('\n')
      .map((line) => line.trimEnd()),
  ).toEqual([
    'Option                        Description',
    '------                        -----------',
    '--list                        List',
    '-n <Long>                     num (default: 5000)',
    '--state [String]',
    '--topic <String: topic name>  The topic of a thing that has a long description',
    '                                which wraps around at some width, I guess,',
    '                                maybe eighty columns wide.',
    '',
  ]);
});
