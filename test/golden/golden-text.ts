import type { Comparison } from './golden-case.js';

/** What the placeholders of one run of a case stand for. */
export interface Names {
  readonly T: string;
  readonly G: string;
  readonly B: string;
  readonly DIR: string;
}

/** Puts names in the place of placeholders. */
export function fill(text: string, names: Names): string {
  return text.replace(/\{(T|G|B|DIR)\}/g, (_, name: keyof Names) => names[name]);
}

/**
 * A line that Kafka's client logs: the tools that the cases are recorded with have their logs switched off, and what ours log is
 * tested beside Kafka's elsewhere.
 */
const clientLogLine = /^\[20\d\d-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] (?:WARN|ERROR) \[.*\(org\.apache\.kafka\.clients\..*\)\n?/gm;

/** Puts placeholders in the place of everything that differs from run to run, and drops stack frames and logs of clients. */
export function normalise(text: string, names: Names): string {
  return text
    .replaceAll(names.DIR, '{DIR}')
    .replaceAll(names.T, '{T}')
    .replaceAll(names.G, '{G}')
    .replaceAll(names.B, '{B}')
    .replace(/\b(127\.0\.0\.1|localhost):\d{4,5}\b/g, '{ADDR}')
    .replace(/\r\n/g, '\n')
    .replace(clientLogLine, '')
    .replace(/^(\s+at .*|\s+\.\.\. \d+ more|SLF4J:.*|Picked up .*)\n?/gm, '')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '{UUID}')
    .replace(/(TopicId|ClusterId|Cluster ID|clusterId)(:\s*)[A-Za-z0-9_-]{22}/g, '$1$2{ID}')
    .replace(/\[?\b20\d\d-\d\d-\d\d[ T]\d\d:\d\d:\d\d[,.:]\d{3}Z?\]?/g, '{TIME}')
    .replace(/("timestamp":|CreateTime:|LogAppendTime:)\d{10,}/g, '$1{MS}');
}

/** The part of a normalised stream that a comparison looks at; blanks at the ends of lines count for nothing. */
export function viewOf(text: string, comparison: Comparison = 'exact'): string {
  const lines = text.replace(/[ \t]+$/gm, '').split('\n');
  switch (comparison) {
    case 'exact':
      return lines.join('\n');
    case 'sorted':
      return lines.sort().join('\n');
    // Columns are as wide as the longest name and lines in the order of all names, which may be other tests'.
    case 'mine':
      return squeeze(lines.filter((line) => line.includes('{T}') || line.includes('{G}')).sort());
    case 'first':
      return squeeze(lines.slice(0, 1));
    case 'ignore':
      return '';
  }
}

function squeeze(lines: readonly string[]): string {
  return lines.map((line) => line.replace(/ +/g, ' ').trimEnd()).join('\n');
}
