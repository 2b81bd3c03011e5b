import { expect, test } from 'vitest';
import { parseBrokerDuration, parseDuration } from '../../../src/cli/duration.js';

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  [' 5m ', 300_000],
  ['1.5h', 5_400_000],
  ['0.5ms', 1],
  ['1h30m', 5_400_000],
  ['PT30S', 30_000],
  ['60d', 5_184_000_000],
  ['2147483648ms', 2 ** 31],
  ['9007199254740993ms', 2 ** 53],
  ['9223372036854775807ms', 2 ** 63],
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
  ['9223372036854780000ms', "--timeout '9223372036854780000ms' is no duration"],
  ['Infinity', "--timeout 'Infinity' is no duration"],
  ['NaN', "--timeout 'NaN' is no duration"],
])('%j is refused', (text, message) => {
  expect(() => parseDuration(text, '--timeout')).toThrow(expect.objectContaining({ code: 'usage', message }));
});

test('a time that brokers are told is at most what 31 bits hold', () => {
  expect(parseBrokerDuration('2147483647ms', '--session-timeout')).toBe(2 ** 31 - 1);
  expect(() => parseBrokerDuration('60d', '--session-timeout')).toThrow(
    expect.objectContaining({ code: 'usage', message: "--session-timeout '60d' is more than 24 days" }),
  );
});
