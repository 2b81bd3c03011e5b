import { CliError } from '../errors.js';
import { parseDuration } from '../parse-duration.js';
import { parseTime } from '../offset-targets/parse-time.js';
import type { ResetTarget } from './plan-reset.js';

/** What the command line says about where offsets are to go; exactly one member is given. */
export interface ResetFlags {
  readonly toEarliest?: boolean | undefined;
  readonly toLatest?: boolean | undefined;
  readonly toCurrent?: boolean | undefined;
  readonly toOffset?: string | undefined;
  readonly shiftBy?: string | undefined;
  readonly byDuration?: string | undefined;
  readonly toDatetime?: string | undefined;
  readonly fromFile?: string | undefined;
  readonly fromGroup?: string | undefined;
}

/** A target, or where the target of each partition is written. */
export type ResetAim =
  | { readonly kind: 'target'; readonly target: ResetTarget }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'group'; readonly groupId: string };

const flagNames = {
  toEarliest: '--to-earliest',
  toLatest: '--to-latest',
  toCurrent: '--to-current',
  toOffset: '--to-offset',
  shiftBy: '--shift-by',
  byDuration: '--by-duration',
  toDatetime: '--to-datetime',
  fromFile: '--from-file',
  fromGroup: '--from-group',
} as const;

const all = Object.keys(flagNames) as (keyof ResetFlags)[]; // keys() promises string[]
const maxInt64 = 2n ** 63n - 1n;

/**
 * The one target that the flags name. There is no default: moving offsets the wrong way loses or repeats work.
 *
 * @param now milliseconds since the epoch, for `--by-duration` and times like `-1h`
 * @throws CliError `usage` for none, for several, and for a value that cannot be read
 */
export function parseResetAim(flags: ResetFlags, now: number): ResetAim {
  const given = all.filter((name) => flags[name] !== undefined);
  const [name] = given;
  if (name === undefined) {
    throw new CliError('usage', 'no target is given', { hint: `say where to: one of ${Object.values(flagNames).join(', ')}` });
  }
  if (given.length > 1) {
    const names = given.map((each) => flagNames[each]).join(' and ');
    throw new CliError('usage', `${names} are given together`, { hint: 'leave one target' });
  }
  const value = String(flags[name]);
  if (name === 'fromFile') return { kind: 'file', path: value };
  if (name === 'fromGroup') return { kind: 'group', groupId: value };
  return { kind: 'target', target: targetOf(name, value, now) };
}

function targetOf(name: Exclude<keyof ResetFlags, 'fromFile' | 'fromGroup'>, value: string, now: number): ResetTarget {
  switch (name) {
    case 'toEarliest':
      return { kind: 'earliest' };
    case 'toLatest':
      return { kind: 'latest' };
    case 'toCurrent':
      return { kind: 'current' };
    case 'toOffset':
      return { kind: 'offset', offset: parseOffset(value) };
    case 'shiftBy':
      return { kind: 'shift', by: parseShift(value) };
    case 'byDuration':
      return { kind: 'time', timestamp: Math.max(0, now - parseDuration(value, '--by-duration')) };
    case 'toDatetime':
      return { kind: 'time', timestamp: parseTime(value, now, '--to-datetime') };
  }
}

function parseOffset(text: string): bigint {
  if (/^\d{1,19}$/.test(text) && BigInt(text) <= maxInt64) return BigInt(text);
  throw new CliError('usage', `--to-offset '${text}' is no offset`, { hint: 'write a whole number from 0' });
}

function parseShift(text: string): bigint {
  if (/^[+-]?\d{1,19}$/.test(text)) {
    const by = BigInt(text.replace('+', ''));
    if (by <= maxInt64 && by >= -maxInt64) return by;
  }
  throw new CliError('usage', `--shift-by '${text}' is no number of records`, {
    hint: 'write a whole number: 100 skips that many records, -100 reads them again',
  });
}
