import { parseDouble } from '../java/double.js';
import { ArgumentError } from './argument-error.js';
import { type ArgumentSpec, argumentsOf, type ParserSpec, textualName } from './argument-spec.js';
import { ParsedArguments } from './parsed-arguments.js';

/**
 * Parses a command line as argparse4j 0.7.0 does: `--name value`, `--name=value`, unambiguous beginnings of names, negative
 * numbers as values; of a repeated option the last value counts. `help` where `-h` came before any error.
 *
 * @throws ArgumentError
 */
export function parseArguments(parser: ParserSpec, argv: readonly string[]): ParsedArguments | 'help' {
  const specs = argumentsOf(parser);
  const byFlag = new Map(specs.flatMap((spec) => spec.flags.map((flag) => [flag, spec] as const)));
  const used = new Set<ArgumentSpec>();
  const parsed = new ParsedArguments();
  const rest = [...argv];
  let areOptionsOver = false;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--' && !areOptionsOver) {
      areOptionsOver = true;
      continue;
    }
    if (areOptionsOver || !looksLikeOption(word)) throw unrecognized([word, ...rest].join(' '));
    const at = word.indexOf('=');
    const [name, value] = at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
    const spec = findSpec(byFlag, name);
    if (spec === undefined) throw new ArgumentError(unrecognized(word).message, { unrecognized: name });
    checkExclusive(parser, spec, used);
    used.add(spec);
    if (spec.action === 'help' && value === undefined) return 'help';
    take(spec, value, rest, parsed);
  }
  checkRequired(parser, used);
  return parsed;
}

function unrecognized(words: string): ArgumentError {
  return new ArgumentError(`unrecognized arguments: '${words}'`);
}

function looksLikeOption(word: string): boolean {
  return word.startsWith('-') && word.length > 1 && !/^-(?:\d+|\d*\.\d+)$/.test(word);
}

function findSpec(byFlag: ReadonlyMap<string, ArgumentSpec>, name: string): ArgumentSpec | undefined {
  const exact = byFlag.get(name);
  if (exact !== undefined) return exact;
  const matches = [...byFlag.keys()].filter((flag) => flag.startsWith(name)).sort();
  if (matches.length > 1) throw new ArgumentError(`ambiguous option: ${name} could match ${matches.join(', ')}`);
  return matches[0] === undefined ? undefined : byFlag.get(matches[0]);
}

function take(spec: ArgumentSpec, value: string | undefined, rest: string[], parsed: ParsedArguments): void {
  const name = nameOf(spec);
  if (spec.action === 'flag' || spec.action === 'help') {
    if (value !== undefined) throw new ArgumentError(`ignore implicit argument '${value}'`, { argument: spec });
    return parsed.set(name, []);
  }
  const isFree = (): boolean => rest[0] !== undefined && rest[0] !== '--' && !looksLikeOption(rest[0]);
  const values = value === undefined ? [] : [value];
  while (value === undefined && isFree() && (spec.many === true || values.length === 0)) values.push(rest.shift() ?? '');
  if (values.length === 0) {
    throw new ArgumentError(spec.many === true ? 'expected 1 argument(s)' : 'expected one argument', { argument: spec });
  }
  parsed.set(
    name,
    values.map((text) => checked(spec, text)),
    spec.action === 'append',
  );
}

/** The name of an option in {@link ParsedArguments}: its first flag without dashes. */
function nameOf({ flags }: ArgumentSpec): string {
  return (flags[0] ?? '').replace(/^-+/, '');
}

const limits = { Integer: 2n ** 31n, Long: 2n ** 63n } as const;

function checked(spec: ArgumentSpec, text: string): string {
  const { type, choices } = spec;
  if (type !== undefined && !isOfType(type, text)) {
    // Java's own words for a number that is none.
    const reason = type === 'Double' && text.trim() === '' ? 'empty String' : `For input string: "${text}"`;
    throw new ArgumentError(`could not convert '${text}' to ${type} (${reason})`, { argument: spec });
  }
  const value = type === 'Integer' || type === 'Long' ? String(BigInt(text.replace(/^\+/, ''))) : text;
  if (choices !== undefined && !choices.includes(value)) {
    throw new ArgumentError(`invalid choice: '${value}' (choose from {${choices.join(',')}})`, { argument: spec });
  }
  return value;
}

function isOfType(type: 'Integer' | 'Long' | 'Double', text: string): boolean {
  if (type === 'Double') return parseDouble(text) !== undefined;
  if (!/^[+-]?\d+$/.test(text)) return false;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= -limits[type] && value < limits[type];
}

function checkExclusive({ groups = [] }: ParserSpec, spec: ArgumentSpec, used: ReadonlySet<ArgumentSpec>): void {
  const group = groups.find(({ isExclusive, arguments: list }) => isExclusive === true && list.includes(spec));
  const other = group?.arguments.find((argument) => argument !== spec && used.has(argument));
  if (other !== undefined) throw new ArgumentError(`not allowed with argument ${textualName(other)}`, { argument: spec });
}

function checkRequired(parser: ParserSpec, used: ReadonlySet<ArgumentSpec>): void {
  // Of several the last is told of; tools declare their groups first.
  const inGroups = (parser.groups ?? []).flatMap((group) => group.arguments);
  const absent = [...inGroups, ...parser.arguments].findLast((spec) => spec.required === true && !used.has(spec));
  if (absent !== undefined) throw new ArgumentError(`argument ${textualName(absent)} is required`);
  for (const { isExclusive, arguments: list } of parser.groups ?? []) {
    if (isExclusive !== true || list.some((spec) => used.has(spec))) continue;
    throw new ArgumentError(`one of the arguments ${list.map((spec) => `${textualName(spec)} `).join('')}is required`);
  }
}
