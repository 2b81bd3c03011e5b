import { expect, test } from 'vitest';
import { parseJavaDuration, timeBefore } from '../../../../src/apache/java/duration.js';

const now = 1_700_000_000_123;

// What Java's `Instant.minus(Duration.parse(...))` gives.
test.each([
  ['P1D', 1699913600123n],
  ['p1dt2h', 1699906400123n],
  ['-PT-1H', 1699996400123n],
  ['P-1D', 1700086400123n],
  ['PT1.S', 1699999999123n],
  ['PT1,5S', 1699999998623n],
  ['PT-0.5S', 1700000000623n],
  ['PT1.000000001S', 1699999999122n],
  ['-PT0.0015S', 1700000000124n],
  ['P100000D', -6939999999877n],
])('%s before now', (text, expected) => {
  expect(timeBefore(now, parseJavaDuration(text))).toBe(expected);
});

test.each(['P1W', 'P1M', 'PT', 'P', 'P1DT', '1D', 'PT.5S', 'PT1D', ' P1D', ''])('refuses %s', (text) => {
  expect(() => parseJavaDuration(text)).toThrow(/^Text cannot be parsed to a Duration$/);
});

test('a number that is too large is named by its unit', () => {
  expect(() => parseJavaDuration('P9223372036854775807D')).toThrow('Text cannot be parsed to a Duration: days');
});

test('a time that Java cannot hold is refused', () => {
  expect(() => timeBefore(now, parseJavaDuration('P99999999999999D'))).toThrow('Instant exceeds minimum or maximum instant');
  expect(() => timeBefore(now, parseJavaDuration('PT31556889864403199S'))).toThrow('long overflow');
});
