import { checkClass } from './check-class.js';
import { checkEscape } from './check-escape.js';
import { RegexReader, Re2SyntaxError } from './regex-reader.js';

const mostRepeats = 1000;
const badPerl = 'invalid or unsupported Perl syntax';

/** What is open: whether something stands before the next word that a repetition could repeat. */
interface Level {
  hasOperand: boolean;
}

/** What is wrong with a regular expression by the RE2 syntax, in the words of the library that Kafka's brokers use; undefined for nothing. */
export function checkRe2Syntax(regex: string): string | undefined {
  try {
    checkExpression(new RegexReader(regex));
    return undefined;
  } catch (error) {
    if (error instanceof Re2SyntaxError) return error.message;
    throw error;
  }
}

function checkExpression(reader: RegexReader): void {
  const names = new Set<string>();
  const levels: Level[] = [{ hasOperand: false }];
  let isRepeated = false;
  while (!reader.isDone) {
    const level = levels.at(-1) ?? { hasOperand: false };
    const repeats = takeRepetition(reader, level, isRepeated);
    if (repeats) {
      isRepeated = true;
      continue;
    }
    // A brace that begins no count is a character, but the library still takes what follows for a second repetition.
    isRepeated = reader.sees('{');
    takeItem(reader, { levels, level, names });
  }
  if (levels.length > 1) throw new Re2SyntaxError('missing closing )');
}

function takeItem(
  reader: RegexReader,
  { levels, level, names }: { readonly levels: Level[]; readonly level: Level; readonly names: Set<string> },
): void {
  if (reader.take('(?')) {
    // Flags alone are nothing that could be repeated, and leave what stood before them in its place.
    if (takePerlGroup(reader, names)) levels.push({ hasOperand: false });
  } else if (reader.take('(')) levels.push({ hasOperand: false });
  else if (reader.take(')')) {
    levels.pop();
    const outer = levels.at(-1);
    if (outer === undefined) throw new Re2SyntaxError('regexp/syntax: internal error');
    outer.hasOperand = true;
  } else if (reader.take('|')) level.hasOperand = false;
  else if (reader.take('\\Q')) {
    if (reader.takeQuoted() !== '') level.hasOperand = true;
  } else {
    if (reader.take('[')) checkClass(reader);
    else if (reader.take('\\')) {
      if (!reader.takeMatch(/[AbBz]/y)) checkEscape(reader);
    } else reader.takeCharacter();
    level.hasOperand = true;
  }
}

/** `*`, `+`, `?` or `{n,m}`, and the `?` that makes it lazy. False where none stands here. */
function takeRepetition(reader: RegexReader, level: Level, isRepeated: boolean): boolean {
  if (reader.takeMatch(/[*+?]/y) === undefined) {
    const [counted, least = '', comma, most = ''] = reader.takeMatch(/\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/y) ?? [];
    if (counted === undefined) return false;
    const upper = comma === undefined ? least : most.replace(',', '');
    const isTooMany = [least, upper].some((text) => Number(text) > mostRepeats);
    if (isTooMany || (upper !== '' && Number(upper) < Number(least))) throw new Re2SyntaxError('invalid repeat count');
  }
  if (!level.hasOperand) throw new Re2SyntaxError('missing argument to repetition operator');
  reader.take('?');
  if (isRepeated) throw new Re2SyntaxError('invalid nested repetition operator');
  return true;
}

/** What follows `(?`: true for a group, false for flags that hold from here on. */
function takePerlGroup(reader: RegexReader, names: Set<string>): boolean {
  if (reader.take('P<') || reader.take('<')) {
    const [, name] = reader.takeMatch(/(\w+)>/y) ?? [];
    if (name === undefined) throw new Re2SyntaxError('invalid named capture');
    if (names.has(name)) throw new Re2SyntaxError('duplicate capture group name');
    names.add(name);
    return true;
  }
  const [flags, end] = reader.takeMatch(/(?:[imsU]*|[imsU]*-[imsU]+)([:)])/y) ?? [];
  if (flags === undefined) throw new Re2SyntaxError(badPerl);
  return end === ':';
}
