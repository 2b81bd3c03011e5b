import type { OptionSet } from '../jopt/option-set.js';
import { checkRe2Syntax } from '../re2/check-re2-syntax.js';

/** `--validate-regex`: says whether the expression is one; needs no broker. True where it is. */
export function validateRegex(options: OptionSet, out: (text: string) => void): boolean {
  const regex = options.text('validate-regex') ?? '';
  const problem = checkRe2Syntax(regex);
  out(`The regular expression \`${regex}\` is ${problem === undefined ? 'valid' : `invalid: ${problem}`}.\n`);
  return problem === undefined;
}
