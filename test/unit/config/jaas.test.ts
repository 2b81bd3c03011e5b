import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJaas } from '../../../src/config/jaas.js';

const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule';

function options(text: string): Record<string, string> {
  const parsed = parseJaas(text);
  if (typeof parsed === 'string') throw new Error(parsed);
  return Object.fromEntries(parsed.options);
}

test('module and options are read', () => {
  const text = `${plain} required username="alice" password="alice-secret";`;
  expect(parseJaas(text)).toEqual({
    module: plain,
    options: new Map([
      ['username', 'alice'],
      ['password', 'alice-secret'],
    ]),
  });
});

test.each([
  ['blanks and line ends anywhere', `${plain}\n required\n  username = "a"\n  password='b' ;\n`, { username: 'a', password: 'b' }],
  ['bare words', `${plain} required username=alice password=x-y.z;`, { username: 'alice', password: 'x-y.z' }],
  ['marks inside quotes', `${plain} required password="a;b=c d";`, { password: 'a;b=c d' }],
  ['escapes inside quotes', `${plain} required password="a\\"b\\\\c";`, { password: 'a"b\\c' }],
  ['comments', `/* x */ ${plain} required // y\n username="a";`, { username: 'a' }],
  ['no options', `${plain} required;`, {}],
])('%s are understood', (_, text, expected) => {
  expect(options(text)).toEqual(expected);
});

describe('what is wrong is told without the secret', () => {
  test.each([
    ['no semicolon', `${plain} required password="hush"`, "the ';' at its end is missing"],
    ['an open quote', `${plain} required password="hush;`, 'a quoted value is not closed'],
    ['two modules', `${plain} required password="hush"; ${plain} required;`, "more after the ';'"],
    ['no control flag', `${plain} password="hush";`, "must be 'required'"],
    ['an option without a value', `${plain} required password=;`, 'option 1 is not key="value"'],
    ['nothing', ';', 'must name a login module'],
  ])('%s', (_, text, problem) => {
    const parsed = parseJaas(text);
    expect(parsed).toContain(problem);
    expect(parsed).not.toContain('hush');
  });
});

test('any password survives quoting', () => {
  fc.assert(
    fc.property(fc.string(), (password) => {
      const quoted = password.replace(/["\\]/g, '\\$&');
      expect(options(`${plain} required password="${quoted}";`)).toEqual({ password });
    }),
  );
});
