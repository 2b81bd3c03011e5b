import { expect, test } from 'vitest';
import { parseConfigChanges } from '../../../../src/core/topics/config-changes.js';

test('a value starts after the first equals sign and may be empty', () => {
  expect(parseConfigChanges(['a=1', 'b=x=y', 'c='], ['d'])).toEqual([
    { name: 'a', value: '1' },
    { name: 'b', value: 'x=y' },
    { name: 'c', value: '' },
    { name: 'd', value: undefined },
  ]);
});

test('every malformed or repeated word is quoted at once', () => {
  expect(() => parseConfigChanges(['foo', '=1', 'a=1', 'a=2'], ['a', 'b=2', ''])).toThrow(
    [
      "--config 'foo' has no '='; write --config foo=VALUE",
      "--config '=1' has no name before '='",
      "setting 'a' is given twice",
      "setting 'a' is given twice",
      "--delete-config 'b=2' is not the name of a setting",
      "--delete-config '' is not the name of a setting",
    ].join('\n'),
  );
});
