import { describe, expect, test } from 'vitest';
import { parseOptions } from '../../../../src/apache/jopt/parse-options.js';
import { checkAvailable, checkOptions } from '../../../../src/apache/kafka-consumer-groups/check-options.js';
import { optionTable } from '../../../../src/apache/kafka-consumer-groups/option-table.js';

function check(words: string): { action: string; warnings: string[] } {
  const options = parseOptions(optionTable, `${words} --bootstrap-server b:1`.split(' '));
  checkAvailable(options);
  const warnings: string[] = [];
  return { action: checkOptions(options, (line) => warnings.push(line)), warnings };
}

describe('options of kafka-consumer-groups', () => {
  test.each([
    ['--list', 'list'],
    ['--list --state stable --type', 'list'],
    ['--describe --group g --state', 'describe'],
    ['--delete --all-groups', 'delete'],
    ['--delete-offsets --group g --topic t', 'delete-offsets'],
    ['--reset-offsets --group g --execute', 'reset-offsets'],
    ['--validate-regex a --group g --topic t', 'validate-regex'],
  ])('%s', (words, action) => {
    expect(check(words)).toEqual({ action, warnings: [] });
  });

  test.each([
    ['--group g --members --verbose', 'Option(s) [members, verbose] are unavailable given other options on the command line'],
    ['--group g', 'Command must include exactly one action: --list, --describe, --delete, --reset-offsets'],
    ['--list --validate-regex a', 'Command must include exactly one action'],
    ['--list --group g', `Option "[group]" can't be used with option "[list]"`],
    ['--describe --group g --topic t', `Option "[topic]" can't be used with option "[describe]"`],
    ['--describe --group g --all-groups', `Option "[group]" can't be used with option "[all-groups]"`],
    ['--describe --group g --offsets --state', 'takes at most one of these options: [members], [offsets], [state]'],
    ['--describe --group g --state Stable', 'Option [describe] does not take a value for [state]'],
    ['--delete-offsets --group g', 'Option [delete-offsets] takes the following options: [group], [topic]'],
    ['--reset-offsets --group g --execute --dry-run', 'Option [reset-offsets] only accepts one of [execute] and [dry-run]'],
    [
      '--reset-offsets --group g --dry-run --to-offset 1 --shift-by 1 --to-latest --from-file f',
      `Option "[to-offset]" can't be used with option "[from-file]"`,
    ],
  ])('%s is refused', (words, message) => {
    expect(() => check(words)).toThrow(message);
  });

  test('a reset that does not say whether to write warns that it will not', () => {
    expect(check('--reset-offsets --group g --to-latest').warnings).toEqual([
      expect.stringContaining('No action will be performed'),
    ]);
  });
});
