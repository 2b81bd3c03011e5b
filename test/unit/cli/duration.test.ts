import { expect, test } from 'vitest';
import { parseDuration } from '../../../src/cli/duration.js';

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  [' 5m ', 300_000],
  ['1.5h', 5_400_000],
  ['0.5ms', 1],
  ['1h30m', 5_400_000],
  ['PT30S', 30_000],
])('%j is %i milliseconds', (text, expected) => {
  expect(parseDuration(text, '--timeout')).toBe(expected);
});

test.each([
  ['30', "--timeout '30' has no unit"],
  ['', "--timeout '' is no duration"],
  ['abc', "--timeout 'abc' is no duration"],
  ['-5s', "--timeout '-5s' is no duration"],
  ['0s', "--timeout '0s' is no time at all"],
  ['0.4ms', "--timeout '0.4ms' is no time at all"],
  ['60d', "--timeout '60d' is more than 24 days"],
])('%j is refused', (text, message) => {
  expect(() => parseDuration(text, '--timeout')).toThrow(expect.objectContaining({ code: 'usage', message }));
});
