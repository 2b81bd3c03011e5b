import { expect, test } from 'vitest';
import { parseDuration } from '../../../src/cli/duration.js';

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  [' 5m ', 300_000],
  ['1.5h', 5_400_000],
  ['0.5ms', 1],
])('%j is %i milliseconds', (text, expected) => {
  expect(parseDuration(text, '--timeout')).toBe(expected);
});

test.each([
  ['30', "--timeout '30' has no unit"],
  ['', "--timeout '' is not a duration"],
  ['abc', "--timeout 'abc' is not a duration"],
  ['-5s', "--timeout '-5s' is not a duration"],
  ['0s', "--timeout '0s' is not a duration"],
  ['1h30m', "--timeout '1h30m' is not a duration"],
  ['60d', "--timeout '60d' is more than 24 days"],
])('%j is refused', (text, message) => {
  expect(() => parseDuration(text, '--timeout')).toThrow(expect.objectContaining({ code: 'usage', message }));
});
