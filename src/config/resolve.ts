import { nearMatch } from '../core/near-match.js';
import {
  harmlessClasses,
  honouredKeys,
  ignoredPrefixes,
  ignoredSilently,
  ignoredWithWarning,
  knownKeys,
  producerAndConsumerKeys,
  refusedKeys,
} from './client-keys.js';

/** Settings from one place, by Kafka's own keys. */
export interface Layer {
  /** Where they come from, for people: `file client.properties`. */
  readonly source: string;
  readonly values: ReadonlyMap<string, string>;
}

/** A value and the place it comes from. */
export interface Sourced {
  readonly value: string;
  readonly source: string;
}

/** All layers in one; `problems` must stop the command, `warnings` be shown. */
export interface Resolved {
  readonly values: ReadonlyMap<string, Sourced>;
  readonly warnings: readonly string[];
  readonly problems: readonly string[];
}

/** Lays the layers over each other, a later one winning key by key, and judges every key that is not simply honoured. */
export function resolveLayers(layers: readonly Layer[]): Resolved {
  const values = new Map<string, Sourced>();
  for (const { source, values: given } of layers) {
    for (const [key, value] of given) values.set(key, { value, source });
  }
  const warnings: string[] = [];
  const problems: string[] = [];
  for (const [key, { value, source }] of values) {
    const verdict = judge(key, value);
    if (verdict?.refused === true) problems.push(`${source}: ${verdict.text}`);
    else if (verdict !== undefined) warnings.push(`${source}: ${verdict.text}`);
  }
  return { values, warnings, problems };
}

const honoured: ReadonlySet<string> = new Set(honouredKeys);

function judge(key: string, value: string): { text: string; refused: boolean } | undefined {
  if (honoured.has(key) || producerAndConsumerKeys.has(key)) return undefined;
  const refusal = refusedKeys.get(key);
  if (refusal !== undefined) {
    if (value === '' || harmlessClasses.has(value)) return undefined;
    return { text: `${key} cannot be honoured: ${refusal}`, refused: true };
  }
  if (key === 'client.dns.lookup' && value === 'resolve_canonical_bootstrap_servers_only') return ignored(`${key}=${value}`);
  if (ignoredWithWarning.has(key)) return ignored(key);
  if (ignoredSilently.has(key) || ignoredPrefixes.some((prefix) => key.startsWith(prefix))) return undefined;
  const near = nearMatch(key, knownKeys());
  return { text: `unknown key '${key}'${near === undefined ? '' : ` (did you mean ${near}?)`}`, refused: false };
}

function ignored(what: string): { text: string; refused: boolean } {
  return { text: `${what} is ignored, since kafkit does this its own way`, refused: false };
}
