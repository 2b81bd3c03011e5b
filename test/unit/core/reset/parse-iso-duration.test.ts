import { expect, test } from 'vitest';
import { parseIsoDuration } from '../../../../src/core/reset/parse-iso-duration.js';

test.each([
  ['PT0S', 0],
  ['P7D', 604_800_000],
  ['P1W', 604_800_000],
  ['PT1H30M', 5_400_000],
  ['P1DT12H', 129_600_000],
  ['PT0.5S', 500],
  ['pt90m', 5_400_000],
])('%s is %d ms', (text, milliseconds) => {
  expect(parseIsoDuration(text, '--by-duration')).toBe(milliseconds);
});

test.each(['P', 'PT', 'P1DT', 'P1M', 'P1Y', 'PT1X', 'P-1D', '-P1D', '1D', 'PT1.5H', 'P99999999999999W'])(
  '%s is refused',
  (text) => {
    expect(() => parseIsoDuration(text, '--by-duration')).toThrow(`--by-duration '${text}' is no duration`);
  },
);
