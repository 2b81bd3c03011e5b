import type { LoadResult } from './load-scenario.js';

/** The rows as a Markdown table. */
export function formatResults(results: readonly LoadResult[]): string {
  const head = ['| scenario | what | seconds | peak MiB | descriptors | result |', '| --- | --- | ---: | ---: | ---: | --- |'];
  const rows = results.map(({ scenario, what, seconds, peakMiB, descriptors, violations }) => {
    const held = descriptors === undefined ? '-' : `${descriptors.start} / ${descriptors.end}`;
    const result = violations.length === 0 ? 'ok' : violations.join('; ').replaceAll(/[\n|]/g, ' ');
    return `| ${scenario} | ${what} | ${seconds.toFixed(1)} | ${peakMiB.toFixed(0)} | ${held} | ${result} |`;
  });
  return [...head, ...rows].join('\n');
}
