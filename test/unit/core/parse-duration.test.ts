import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration } from '../../../src/core/parse-duration.js';

test.each([
  ['500ms', 500],
  ['15s', 15_000],
  ['1.5s', 1500],
  ['5m', 300_000],
  ['1.5h', 5_400_000],
  ['7d', 604_800_000],
  ['2w', 1_209_600_000],
  ['0s', 0],
  ['1h30m', 5_400_000],
  ['1w1d1h1m1s1ms', 694_861_001],
  ['1m0.5s', 60_500],
  ['PT0S', 0],
  ['P7D', 604_800_000],
  ['P1W', 604_800_000],
  ['PT1H30M', 5_400_000],
  ['P1DT12H', 129_600_000],
  ['PT0.5S', 500],
  ['PT0,5S', 500],
  ['pt90m', 5_400_000],
])('%s is %d ms', (text, milliseconds) => {
  expect(parseDuration(text, '--for')).toBe(milliseconds);
});

test.each(
  [
    [
      '',
      ' ',
      's',
      '10x',
      '1.5.h',
      '1.h',
      '.5h',
      '1e3s',
      '-5s',
      '+5s',
      '5 s',
      ' 5s',
      '5s ',
      '5y',
      '5S',
      '2 days',
      '5sec',
      '1s2',
      's5',
    ],
    ['30m1h', '1h1h', '1.5h30m', '1ms1s', '1h-30m', '1h 30m', '1,5h', 'NaNs', 'Infinitys', '0x10s', '１s', '9'.repeat(400) + 's'],
    ['P', 'PT', 'P1DT', 'P1M', 'P1Y', 'PT1X', 'P-1D', '-P1D', '+P1D', '1D', 'PT1.5H', 'PT1M1H', 'PT5', 'P99999999999999W'],
  ].flat(),
)('%j is refused', (text) => {
  expect(() => parseDuration(text, '--for')).toThrow(
    expect.objectContaining({ code: 'usage', message: `--for '${text}' is no duration` }),
  );
});

test.each(['0', '30', '1.5', '99999999999999999999'])('%s has no unit', (text) => {
  expect(() => parseDuration(text, '--for')).toThrow(
    expect.objectContaining({ code: 'usage', message: `--for '${text}' has no unit`, hint: `--for ${text}s is ${text} seconds` }),
  );
});

test('a duration of whole units is the sum of its parts, in both ways to write it', () => {
  const part = fc.nat({ max: 1000 });
  fc.assert(
    fc.property(part, part, part, part, (days, hours, minutes, seconds) => {
      const sum = ((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000;
      expect(parseDuration(`${days}d${hours}h${minutes}m${seconds}s`, '--for')).toBe(sum);
      expect(parseDuration(`P${days}DT${hours}H${minutes}M${seconds}S`, '--for')).toBe(sum);
    }),
  );
});

test('any text is a number of milliseconds from 0 or refused', () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[PTHMS\d.,wdhms-]{1,12}$/));
  fc.assert(
    fc.property(text, (any) => {
      try {
        expect(parseDuration(any, '--for')).toBeGreaterThanOrEqual(0);
      } catch (error) {
        expect(error).toMatchObject({ code: 'usage' });
      }
    }),
    { numRuns: 2000 },
  );
});
