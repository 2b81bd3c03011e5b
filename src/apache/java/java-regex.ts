import { JavaError } from './java-error.js';

/** POSIX classes of Java by what they hold, for use inside brackets. */
const classes: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  XDigit: '0-9a-fA-F',
  Space: '\\s',
  Punct: '!-\\/:-@\\[-`{-~',
};

/**
 * A regular expression of Java as one of JavaScript: quoting with `\Q...\E`, leading flags such as `(?i)`, POSIX classes, `\A`, `\z`
 * and possessive quantifiers are translated, what both have alike stays.
 *
 * @throws JavaError `PatternSyntaxException` where there is none
 */
export function javaRegExp(pattern: string): RegExp {
  const [, letters = '', rest = pattern] = /^\(\?([a-z]+)\)(.*)$/s.exec(pattern) ?? [];
  const flags = [...new Set(letters)].filter((letter) => 'ims'.includes(letter)).join('');
  if (/^[*+?]/.test(rest)) {
    const text = `Dangling meta character '${rest.charAt(0)}' near index ${pattern.length - rest.length}\n${pattern}`;
    throw new JavaError('java.util.regex.PatternSyntaxException', text);
  }
  try {
    return new RegExp(translate(rest), flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: .*: /, '') : String(error);
    throw new JavaError('java.util.regex.PatternSyntaxException', `${reason} near index ${pattern.length - 1}\n${pattern}`);
  }
}

function translate(pattern: string): string {
  return pattern
    .split(/(\\Q.*?(?:\\E|$))/s)
    .map((part) => (part.startsWith('\\Q') ? escape(part.slice(2).replace(/\\E$/, '')) : translatePart(part)))
    .join('');
}

function translatePart(part: string): string {
  let isInBrackets = false;
  return part.replace(/\\p\{(\w+)\}|\\[\s\S]|[[\]]|([*+?}])\+/g, (token, name: string | undefined, quantifier?: string) => {
    if (token === '[' || token === ']') {
      isInBrackets = token === '[';
      return token;
    }
    const members = name === undefined ? undefined : classes[name];
    if (members !== undefined) return isInBrackets ? members : `[${members}]`;
    if (token === '\\A') return '^';
    if (token === '\\z' || token === '\\Z') return '$';
    return quantifier !== undefined && !isInBrackets ? quantifier : token;
  });
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()|[\]{}]/g, '\\$&');
}
