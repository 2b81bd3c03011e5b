import { expect, test } from 'vitest';
import { escapeControls } from '../../../src/core/terminal-safe.js';

test.each([
  ['plain tëxt 😀', 'plain tëxt 😀'],
  ['a\nb\tc\r', 'a\\nb\\tc\\r'],
  ['\u001b[31mred\u001b]0;title\u0007', '\\x1b[31mred\\x1b]0;title\\x07'],
  ['\u009b2J\u007f', '\\x9b2J\\x7f'],
  ['abc\u202edef\u2066', 'abc\\u202edef\\u2066'],
])('%j is shown as %j', (text, shown) => {
  expect(escapeControls(text)).toBe(shown);
});
