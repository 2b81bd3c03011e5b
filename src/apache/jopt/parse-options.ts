import { OptionSet } from './option-set.js';
import { OptionError, type OptionSpec } from './option-spec.js';

/**
 * Parses a command line as jopt-simple 5.0.4 does with abbreviations off: `--name value`, `--name=value`, one dash before a long
 * name, a required argument that takes the next word whatever it looks like, `--` that ends the options.
 *
 * @throws OptionError for an unknown option or a missing argument
 */
export function parseOptions(specs: readonly OptionSpec[], argv: readonly string[]): OptionSet {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const options = new OptionSet(specs);
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      options.words.push(...rest);
      break;
    }
    if (!looksLikeOption(word)) {
      options.words.push(word);
      continue;
    }
    const isLong = word.startsWith('--');
    const [name, value] = splitAtEquals(word.slice(isLong ? 2 : 1));
    const spec = byName.get(name);
    // With one dash, jopt-simple goes on to look for a cluster of one-letter options and stumbles over its first letter.
    if (spec === undefined) throw unrecognized(isLong ? name : name.charAt(0));
    take(spec, value, rest, options);
  }
  return options;
}

function take(spec: OptionSpec, value: string | undefined, rest: string[], options: OptionSet): void {
  if (spec.argument === 'none') return options.add(spec.name);
  if (value !== undefined) return options.add(spec.name, value);
  const next = rest[0];
  if (spec.argument === 'optional' && (next === undefined || looksLikeOption(next))) return options.add(spec.name);
  if (next === undefined)
    throw new OptionError('OptionMissingRequiredArgumentException', `Option ${spec.name} requires an argument`);
  rest.shift();
  options.add(spec.name, next);
}

function looksLikeOption(word: string): boolean {
  return word.startsWith('-') && word !== '-';
}

function splitAtEquals(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function unrecognized(name: string): OptionError {
  return new OptionError('UnrecognizedOptionException', `${name} is not a recognized option`);
}
