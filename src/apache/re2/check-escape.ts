import { RegexReader, Re2SyntaxError } from './regex-reader.js';
import { isUnicodeName } from './unicode-names.js';

const highestCodePoint = 0x10ffff;

/**
 * Checks what follows a backslash, inside or outside of a class. The code point where it is one character, undefined where it
 * stands for several.
 *
 * @throws Re2SyntaxError
 */
export function checkEscape(reader: RegexReader): number | undefined {
  if (reader.isDone) throw new Re2SyntaxError('trailing backslash at end of expression');
  if (reader.takeMatch(/[dDsSwW]/y) !== undefined) return undefined;
  if (reader.takeMatch(/[pP]/y) !== undefined) {
    checkUnicodeName(reader);
    return undefined;
  }
  return checkCharacterEscape(reader);
}

/**
 * The same where only one character will do, at the end of a range.
 *
 * @throws Re2SyntaxError
 */
export function checkCharacterEscape(reader: RegexReader): number {
  if (reader.isDone) throw new Re2SyntaxError('trailing backslash at end of expression');
  // A digit that is not zero would refer back, unless another one makes it octal.
  const octal = reader.takeMatch(/0[0-7]{0,2}|[1-7][0-7]{1,2}/y);
  if (octal !== undefined) return parseInt(octal[0], 8);
  const [hex, braced, plain] = reader.takeMatch(/x(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/y) ?? [];
  if (hex !== undefined) {
    const point = parseInt(braced ?? plain ?? '', 16);
    if (point <= highestCodePoint) return point;
    throw new Re2SyntaxError('invalid escape sequence');
  }
  const control = reader.takeMatch(/[afnrtv]/y);
  if (control !== undefined) return { a: 7, f: 12, n: 10, r: 13, t: 9 }[control[0]] ?? 11;
  if (reader.takeMatch(/[0-9A-Za-z]/y) !== undefined) throw new Re2SyntaxError('invalid escape sequence');
  return reader.takeCharacter().codePointAt(0) ?? 0;
}

/** What follows `\p`: a letter, or a name in braces. */
function checkUnicodeName(reader: RegexReader): void {
  const [matched, braced] = reader.takeMatch(/\{\^?([^}]*)\}/y) ?? [];
  const name = matched === undefined ? reader.takeCharacter() : braced;
  if (name === undefined || !isUnicodeName(name)) throw new Re2SyntaxError('invalid character class range');
}
