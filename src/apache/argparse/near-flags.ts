import { argumentsOf, type ParserSpec } from './argument-spec.js';

const farthest = 7;

/** `Did you mean:` with the options nearest to one that was not recognised; empty where none is near. */
export function formatNearFlags(parser: ParserSpec, word: string): string {
  const body = word.replace(/^-+/, '');
  if (body.length < 2) return '';
  const candidates = argumentsOf(parser)
    .flatMap(({ flags }) => flags)
    .map((flag) => ({ flag, name: flag.replace(/^-+/, '') }))
    .filter(({ name }) => name.length > 1)
    .map(({ flag, name }) => ({ flag, cost: name.startsWith(body) ? 0 : editCost(body, name) }));
  const least = Math.min(...candidates.map(({ cost }) => cost));
  if (least >= farthest) return '';
  const near = candidates.filter(({ cost }) => cost === least).map(({ flag }) => `\t${flag}\n`);
  return `\nDid you mean:\n${near.sort().join('')}`;
}

// What argparse4j takes an edit to cost; swapping two neighbours is free.
const costs = { swap: 0, change: 2, add: 1, remove: 4 } as const;

/** Cost of turning one text into the other, character by character (Damerau-Levenshtein). */
function editCost(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at * costs.add);
  for (let i = 0; i < from.length; i++) {
    const row = [(i + 1) * costs.remove];
    for (let j = 0; j < to.length; j++) {
      let cost = (last[j] ?? 0) + (from[i] === to[j] ? 0 : costs.change);
      const isSwap = i > 0 && j > 0 && from[i - 1] === to[j] && from[i] === to[j - 1];
      if (isSwap) cost = Math.min(cost, (before[j - 1] ?? 0) + costs.swap);
      cost = Math.min(cost, (last[j + 1] ?? 0) + costs.remove, (row[j] ?? 0) + costs.add);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[to.length] ?? 0;
}
