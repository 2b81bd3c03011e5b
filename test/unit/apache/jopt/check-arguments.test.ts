import { expect, test } from 'vitest';
import { checkExactlyOne, checkInvalid, checkRequired } from '../../../../src/apache/jopt/check-arguments.js';
import type { OptionSet } from '../../../../src/apache/jopt/option-set.js';
import type { OptionSpec } from '../../../../src/apache/jopt/option-spec.js';
import { parseOptions } from '../../../../src/apache/jopt/parse-options.js';
import { UsageError } from '../../../../src/apache/jopt/usage-error.js';

const specs: OptionSpec[] = ['a', 'b', 'c'].map((name) => ({ name, argument: 'none', description: '' }));
const given = (...words: string[]): OptionSet => parseOptions(specs, words);

test('the first required option that is absent is named', () => {
  expect(() => checkRequired(given('--a'), 'a', 'b', 'c')).toThrow('Missing required argument "[b]"');
  expect(() => checkRequired(given('--a', '--b'), 'a', 'b')).not.toThrow();
});

test('the first option that cannot stand beside another is named', () => {
  expect(() => checkInvalid(given('--a', '--c'), 'a', 'b', 'c')).toThrow(`Option "[a]" can't be used with option "[c]"`);
  expect(() => checkInvalid(given('--b', '--c'), 'a', 'b', 'c')).not.toThrow();
});

test.each([[[]], [['--a', '--b']]])('one of a set is wanted, not %j', (words) => {
  expect(() => checkExactlyOne(given(...words), 'a', 'b')).toThrow('Exactly one of the following arguments is required: [a], [b]');
});

test('the error brings the options for the table', () => {
  const error = new UsageError('no', specs);
  expect(error.specs.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});
