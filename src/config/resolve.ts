import { nearMatch } from '../core/near-match.js';
import { isShapedLikeSetting } from '../core/shown-value.js';
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
  /** Line of each key, where the place is a file. */
  readonly lines?: ReadonlyMap<string, number> | undefined;
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
  const lines = new Map<string, number | undefined>();
  for (const { source, values: given, lines: places } of layers) {
    for (const [key, value] of given) {
      values.set(key, { value, source });
      lines.set(key, places?.get(key));
    }
  }
  const warnings: string[] = [];
  const problems: string[] = [];
  const nameless = new Map<string, (number | undefined)[]>();
  for (const [key, { value, source }] of values) {
    const verdict = judge(key, value);
    if (verdict === 'nameless') nameless.set(source, [...(nameless.get(source) ?? []), lines.get(key)]);
    else if (verdict?.refused === true) problems.push(`${source}: ${verdict.text}`);
    else if (verdict !== undefined) warnings.push(`${source}: ${verdict.text}`);
  }
  for (const [source, places] of nameless) warnings.push(`${source}: ${describeNameless(places)}`);
  return { values, warnings, problems };
}

/** Says where text stands that is no setting, without repeating it: it may be a line of a key that lacks its continuation. */
function describeNameless(places: readonly (number | undefined)[]): string {
  const known = places.filter((line) => line !== undefined).sort((left, right) => left - right);
  if (known.length === 0) return 'holds text that is no setting';
  const ranges: [number, number][] = [];
  for (const line of known) {
    const last = ranges.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  const text = ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
  const [lines, are] = known.length === 1 ? ['line', 'is no setting'] : ['lines', 'are no settings'];
  return `${lines} ${text} ${are} (a value of several lines needs a \\ at the end of each but the last)`;
}

const honoured: ReadonlySet<string> = new Set(honouredKeys);

function judge(key: string, value: string): { text: string; refused: boolean } | 'nameless' | undefined {
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
  if (near === undefined && !isShapedLikeSetting(key)) return 'nameless';
  return { text: `unknown key '${key}'${near === undefined ? '' : ` (did you mean ${near}?)`}`, refused: false };
}

function ignored(what: string): { text: string; refused: boolean } {
  return { text: `${what} is ignored, since kafkit does this its own way`, refused: false };
}
