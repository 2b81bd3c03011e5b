import { expect, test } from 'vitest';
import { parseDateTime } from '../../../../src/apache/java/date-time.js';

// What Kafka's own `Utils.getDateTime` gives.
test.each([
  ['2024-01-01T00:00:00.000', 1704067200000],
  ['2024-01-01T00:00:00.5', 1704067200005],
  ['2024-1-1T1:2:3.004', 1704070923004],
  ['2024-01-01T00:00:00.000+05:30', 1704047400000],
  ['2024-01-01T00:00:00.000+0530', 1704049200000],
  ['2024-01-01T00:00:00.000-08', 1704096000000],
  ['2024-01-01T00:00:00.000Zxyz', 1704067200000],
  [' 2024- 01-01T 00:00:00.000 ', 1704067200000],
  ['24-01-01T00:00:00.000', -61410009600000],
  ['1500-02-29T00:00:00.000', -14825894400000],
  ['1969-12-31T23:59:59.999', -1],
  ['12024-01-01T00:00:00.000', 317273587200000],
])('reads %s', (text, expected) => {
  expect(parseDateTime(text)).toBe(expected);
});

test.each([
  '2024-01-01T00:00:00',
  '2023-02-29T00:00:00.000',
  '1582-10-10T00:00:00.000',
  '2024-01-01T24:00:00.000',
  '2024-01-01T00:00:00.1234',
  '0-01-01T00:00:00.000',
  '2024-01-01T00:00:00.000GMT',
])('refuses %s with the zone that it was given', (text) => {
  expect(() => parseDateTime(text)).toThrow(`Unparseable date: "${text}Z"`);
});

test('a time needs a T', () => {
  expect(() => parseDateTime('2024-01-01')).toThrow(
    "Error parsing timestamp. It does not contain a 'T' according to ISO8601 format",
  );
});

test('a zone that no country has is refused', () => {
  expect(() => parseDateTime('2024-01-01T00:00:00.000+24')).toThrow('Unparseable date: "2024-01-01T00:00:00.000+24"');
});
