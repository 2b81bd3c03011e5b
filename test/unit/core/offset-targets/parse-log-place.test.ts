import { expect, test } from 'vitest';
import { parseLogPlace, parseWrittenTime } from '../../../../src/core/offset-targets/parse-log-place.js';

const now = Date.UTC(2026, 10, 21);

test.each(['earliest', 'latest', 'max-timestamp', 'earliest-local', 'latest-tiered', 'earliest-pending-upload'])(
  '%s is a place of its own',
  (kind) => {
    expect(parseLogPlace(kind, now, '--time')).toEqual({ kind });
  },
);

test.each([
  { text: '1700000000000', ms: 1_700_000_000_000n },
  { text: '2026-11-20T00:00:00Z', ms: BigInt(now - 86_400_000) },
  { text: '-1h', ms: BigInt(now - 3_600_000) },
])('$text is a time', ({ text, ms }) => {
  expect(parseLogPlace(text, now, '--time')).toEqual({ kind: 'timestamp', ms });
});

test.each([
  { text: '-1', message: "--time '-1' could be a time ago", hint: 'write --time latest' },
  { text: '-2', message: "--time '-2' could be a time ago", hint: 'write --time earliest' },
  { text: '-7', message: "--time '-7' has no unit", hint: 'write --time -7ms, -7s, -7h or -7d' },
  {
    text: 'newest',
    message: "--time 'newest' is no place",
    hint: 'choose one of earliest, latest, max-timestamp, earliest-local, latest-tiered, earliest-pending-upload, or write a time',
  },
])('$text is refused, since Kafka means something else by it or nothing', ({ text, message, hint }) => {
  expect(() => parseLogPlace(text, now, '--time')).toThrow(expect.objectContaining({ code: 'usage', message, hint }));
});

test('a time ago needs a unit', () => {
  expect(parseWrittenTime('-7d', now, '--before')).toBe(now - 7 * 86_400_000);
  expect(() => parseWrittenTime('-1', now, '--before')).toThrow("--before '-1' has no unit");
});
