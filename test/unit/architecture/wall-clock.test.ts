import { expect, test } from 'vitest';
import { readSources, type SourceFile, parseSource } from './source-files.js';

// A time span or a deadline of the wall clock is an hour off when somebody sets that clock.
const span =
  /(?:(?:ctx|context|run)\.now|Date\.now)\(\)\s*[-+][^-+]|[^-+][-+]\s*(?:this\.)?(?:(?:ctx|context|run)\.now|Date\.now)\(\)/;

function findSpans(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (span.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

test('what passes between two moments is never told by the wall clock, which may be set meanwhile', () => {
  const sources = readSources('src').filter(({ path }) => !path.startsWith('src/sandbox/'));
  expect(findSpans(sources)).toEqual([]);
});

test.each(['const end = ctx.now() + limitMs;', 'return Date.now() - startedAt;', 'const left = deadline - this.context.now();'])(
  'the rule finds %s',
  (text) => {
    expect(findSpans([parseSource('src/operations/a.ts', text)])).toHaveLength(1);
  },
);
