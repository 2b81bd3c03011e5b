import { expect, test } from 'vitest';
import { wantsColor } from '../../../src/output/theme.js';

test.each([
  { title: 'a terminal gets colours', stream: { isTTY: true }, environment: {}, flag: undefined, expected: true },
  { title: 'a pipe gets none', stream: {}, environment: {}, flag: undefined, expected: false },
  { title: '--no-color wins', stream: { isTTY: true }, environment: {}, flag: false, expected: false },
  { title: 'NO_COLOR wins', stream: { isTTY: true }, environment: { NO_COLOR: '1' }, flag: undefined, expected: false },
  {
    title: 'an empty NO_COLOR says nothing',
    stream: { isTTY: true },
    environment: { NO_COLOR: '' },
    flag: undefined,
    expected: true,
  },
  { title: 'a dumb terminal gets none', stream: { isTTY: true }, environment: { TERM: 'dumb' }, flag: undefined, expected: false },
])('$title', ({ stream, environment, flag, expected }) => {
  expect(wantsColor(stream, environment, flag)).toBe(expected);
});
