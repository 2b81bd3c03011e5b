import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isShapedLikeSetting, shownValue } from '../../../src/core/shown-value.js';

test('a value is shown by its first letters and its length', () => {
  expect(shownValue('correct horse')).toBe("'cor...' (13 characters)");
  expect(shownValue('abc')).toBe("'...' (3 characters)");
  expect(shownValue('')).toBe("''");
});

test.each(['-1', '0', '30s', '1.5', '500ms', '123456789'])('the number %s is shown whole', (text) => {
  expect(shownValue(text)).toBe(`'${text}'`);
});

test('known words are shown whole', () => {
  expect(shownValue('tls', ['TLS'])).toBe("'tls'");
});

test('of any text that is no number at most a quarter is shown', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z!-/]{4,40}$/), (text) => {
      const [, shown = ''] = /^'(.*)\.\.\.' \(\d+ characters\)$/.exec(shownValue(text)) ?? [];
      expect(shown.length).toBeLessThanOrEqual(text.trim().length / 4);
    }),
  );
});

test.each([
  ['bootstrap.serverz', true],
  ['ssl.keystore.certificate.chain', true],
  ['acks', false],
  ['hunter2', false],
  ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', false],
  ['-----BEGIN', false],
  ['a.b/c', false],
  [`a.${'b'.repeat(30)}`, false],
])('%s is shaped like a setting: %s', (text, expected) => {
  expect(isShapedLikeSetting(text)).toBe(expected);
});
