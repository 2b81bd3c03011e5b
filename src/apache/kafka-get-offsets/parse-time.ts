import type { OffsetPlace } from '../../client/offsets.js';
import { terseError } from '../java/terse-error.js';

const places = ['latest', 'earliest', 'max-timestamp', 'earliest-local', 'latest-tiered', 'earliest-pending-upload'] as const;

/**
 * Reads `--time`: a word, its number from -1 down, or a timestamp in milliseconds since the epoch. Other negative numbers are
 * for the broker to judge.
 *
 * @throws JavaError for what is neither a word nor a 64-bit number
 */
export function parseTime(text: string): OffsetPlace {
  const word = places.find((place) => place === text);
  if (word !== undefined) return { kind: word };
  const ms = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
  if (ms === undefined || BigInt.asIntN(64, ms) !== ms) throw terseError(`Malformed time argument ${text}. ${hint}`);
  const special = ms < 0n ? places[Number(-ms) - 1] : undefined;
  return special === undefined ? { kind: 'timestamp', ms } : { kind: special };
}

const choices = places.map((place, at) => `-${at + 1} or ${place}`).join(' / ');
const hint = `Please use ${choices}, or a specified long format timestamp`;
