import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeTime, parseTime } from '../../../../src/core/offset-targets/parse-time.js';

const now = Date.parse('2026-11-21T12:00:00Z');
const parse = (text: string): number => parseTime(text, now, '--from-time');

function refusal(text: string): { message: string; hint: string } {
  try {
    parse(text);
  } catch (error) {
    expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining(`'${text}'`) as string });
    return error as { message: string; hint: string }; // checked to be one of ours
  }
  throw new Error(`'${text}' was read`);
}

test.each([
  ['1700000000000', 1_700_000_000_000],
  ['0', 0],
  ['1000', 1000],
  ['999999999', 999_999_999],
  ['2026-11-21', Date.parse('2026-11-21T00:00:00Z')],
  ['2026-11-21T08:30', Date.parse('2026-11-21T08:30:00Z')],
  ['2026-11-21T08:30:15.250+02:00', Date.parse('2026-11-21T06:30:15.250Z')],
  ['2026-11-21T08:30:15.123456789Z', Date.parse('2026-11-21T08:30:15.123Z')],
  ['2026-11-21T08:30:15+0200', Date.parse('2026-11-21T06:30:15Z')],
  ['2026-11-21 08:30:15Z', Date.parse('2026-11-21T08:30:15Z')],
  ['2024-02-29', Date.parse('2024-02-29T00:00:00Z')],
  ['now', now],
  ['-1h', now - 3_600_000],
  ['-1h30m', now - 5_400_000],
  ['-PT1H', now - 3_600_000],
  ['2h ago', now - 7_200_000],
  ['@1795951423', 1_795_951_423_000],
  ['@1795951423.5', 1_795_951_423_500],
  ['@1795951423.123456', 1_795_951_423_123],
  ['@0', 0],
])('%s is read', (text, timestamp) => {
  expect(parse(text)).toBe(timestamp);
});

test.each([
  ['1969-12-31T23:59:55Z', -5000],
  ['1970-01-01T00:00:00+01:00', -3_600_000],
  ['0000-01-01', -62_167_219_200_000],
  ['-000001-01-01T00:00:00.000Z', -62_198_755_200_000],
  ['+010000-01-01T00:00:00.000Z', 253_402_300_800_000],
  ['@-5', -5000],
  ['@-0.001', -1],
  ['@-0.0015', -2],
  ['-30000d', now - 30_000 * 86_400_000],
])('%s, before 1970 or beyond the year 9999, is a time like any other', (text, timestamp) => {
  expect(parse(text)).toBe(timestamp);
});

describe('numbers that may be something else are refused', () => {
  test.each([
    ['1795951423', 'looks like seconds', 'write @1795951423 for 2026-11-29T11:23:43.000Z'],
    ['9999999999', 'looks like seconds', '@9999999999'],
    ['17959514230', 'is neither seconds nor milliseconds of these years', '@SECONDS'],
    ['179595142300', 'is neither seconds nor milliseconds of these years', 'as milliseconds it is 1975-09-10'],
    ['1795951423000000', 'is finer than milliseconds', '(1795951423000)'],
    ['1795951423000000000', 'is finer than milliseconds', '(1795951423000)'],
    ['9223372036854775807', 'is finer than milliseconds', '@SECONDS'],
    ['20261121', 'could be a date', 'write 2026-11-21'],
    ['@1795951423000000', 'too far away', 'a plain number is milliseconds'],
  ])('%s', (text, message, hint) => {
    const error = refusal(text);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });

  test('what is offered instead is read', () => {
    expect(parse('@20261.121')).toBe(20_261_121);
    expect(parse('@179595142.3')).toBe(179_595_142_300);
  });
});

describe('what is no time is refused with what is wrong', () => {
  test.each([
    ['', 'write an ISO time'],
    ['yesterday', 'write an ISO time'],
    ['latest', 'it is a place in the log'],
    ['earliest', 'it is a place in the log'],
    ['2h', 'for a time ago write -2h'],
    ['21.11.2026', 'write an ISO time'],
    ['1e3', 'write an ISO time'],
    ['1.5', 'write an ISO time'],
    ['@', '@1795951423'],
    ['@soon', '@1795951423'],
    ['2026-02-30', 'there is no 2026-02-30'],
    ['2026-02-29', 'there is no 2026-02-29'],
    ['2026-13-01', 'there is no 2026-13-01'],
    ['2026-00-10', 'there is no 2026-00-10'],
    ['2026-11-21T25:00', 'there is no 25:00:00 in a day'],
    ['2026-11-21T08:61Z', 'there is no 08:61:00 in a day'],
    ['2026-06-30T23:59:60Z', 'no leap seconds'],
    ['2026-11-21T08:00+25:00', 'there is no time zone +25:00'],
    ['2026-W47-6', 'weeks are not read'],
    ['2026-325', 'days of the year are not read'],
    ['2026-11-21T08:00 Europe/Berlin', 'names of time zones are not read'],
    ['2026-11-21T08:00+02', 'write the minutes of the zone, too'],
    ['+1h', 'write an ISO time'],
    [' 2026-11-21', 'write an ISO time'],
    ['2026-11-21T08:00 CET', 'names of time zones are not read'],
    ['--1h', 'no unit'],
  ])('%j', (text, hint) => {
    if (text === '--1h') expect(() => parse(text)).toThrow("'-1h' is no duration");
    else
      expect(refusal(text)).toMatchObject({
        message: `--from-time '${text}' is no time`,
        hint: expect.stringContaining(hint) as string,
      });
  });

  test.each(['-60', '-1x', '+60', 'x ago', '-', '-99999999999d'])('%s', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'usage' }) as Error);
  });
});

describe('notices', () => {
  test.each(['2026-11-21T12:00:00', '2026-11-21T12:00:00.000', '2026-11-21', '2026-11-21 08:00'])(
    '%s names no zone, which is said',
    (text) => {
      const { zone } = describeTime(text, now, '--before');
      expect(zone).toMatch(/^'.*' names no time zone and is taken as UTC, as Kafka does \(2026-11-21T.*Z\); add Z or/);
    },
  );

  test.each(['2026-11-21T12:00:00Z', '2026-11-21T12:00+0100', '2026-11-21 07:00-05:00'])('%s says all by itself', (text) => {
    expect(describeTime(text, now, '--before')).toEqual({});
  });

  test.each([
    ['1700000000000', '2023-11-14T22:13:20.000Z'],
    ['-2h', '2026-11-21T10:00:00.000Z'],
    ['2h ago', '2026-11-21T10:00:00.000Z'],
    ['@1700000000', '2023-11-14T22:13:20.000Z'],
    ['now', '2026-11-21T12:00:00.000Z'],
  ])('which moment %s is, is said', (text, iso) => {
    expect(describeTime(text, now, '--before')).toEqual({ resolved: `--before '${text}' is ${iso}` });
  });

  test('a time to come is pointed out', () => {
    expect(describeTime('2100-01-01T00:00:00Z', now, '--before')).toEqual({
      future: "warning: --before '2100-01-01T00:00:00Z' lies in the future",
    });
  });
});

test('any text is a whole number of milliseconds or refused', () => {
  const text = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[@+\-\dTZ:. hmsago]{1,24}$/),
    fc.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/),
  );
  fc.assert(
    fc.property(text, (any) => {
      try {
        expect(Number.isSafeInteger(parse(any))).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: 'usage' });
      }
    }),
    { numRuns: 2000 },
  );
});
