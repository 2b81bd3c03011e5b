import { checkCharacterEscape, checkEscape } from './check-escape.js';
import { RegexReader, Re2SyntaxError } from './regex-reader.js';

const posixNames: ReadonlySet<string> = new Set([
  'alnum',
  'alpha',
  'ascii',
  'blank',
  'cntrl',
  'digit',
  'graph',
  'lower',
  'print',
  'punct',
  'space',
  'upper',
  'word',
  'xdigit',
]);

/**
 * Checks a character class; its opening bracket is read.
 *
 * @throws Re2SyntaxError
 */
export function checkClass(reader: RegexReader): void {
  reader.take('^');
  // A bracket that comes first is one of the characters.
  for (let isFirst = true; isFirst || !reader.take(']'); isFirst = false) {
    if (reader.isDone) throw new Re2SyntaxError('missing closing ]');
    checkPart(reader);
  }
}

function checkPart(reader: RegexReader): void {
  if (reader.sees('[:')) {
    const [named, name = ''] = reader.takeMatch(/\[:\^?([^]*?):\]/y) ?? [];
    if (named !== undefined) {
      if (!posixNames.has(name)) throw new Re2SyntaxError('invalid character class range');
      return;
    }
  }
  const first = reader.take('\\') ? checkEscape(reader) : pointOf(reader);
  // What stands for several characters cannot begin a range.
  if (first === undefined || reader.sees('-]') || !reader.take('-')) return;
  if (reader.isDone) throw new Re2SyntaxError('missing closing ]');
  const last = reader.take('\\') ? checkCharacterEscape(reader) : pointOf(reader);
  if (last < first) throw new Re2SyntaxError('invalid character class range');
}

function pointOf(reader: RegexReader): number {
  return reader.takeCharacter().codePointAt(0) ?? 0;
}
