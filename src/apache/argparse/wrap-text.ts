/** The width that argparse4j formats to: what the terminal is known to have less five columns, else 75. */
export function formatWidth(env: NodeJS.ProcessEnv): number {
  const columns = Number(env['COLUMNS'] ?? NaN) - 5;
  return Number.isInteger(columns) && columns > 0 ? columns : 75;
}

// Where Java's line breaker allows a break: behind blanks, dashes and closing punctuation, before opening punctuation; not inside
// numbers, and never at an apostrophe or a dollar sign.
const opening = String.raw`[(\[{"]`;
const closing = String.raw`[!%),.:;?\]}"]`;
const inWord = String.raw`(?:[^\s(\[{"!%),.:;?\]}\-]|(?<=\d)[.,](?=\d))+`;
const suffix = String.raw`(?:-+|${closing}+)`;
const piecePattern = new RegExp(
  String.raw`${opening}*(?:-*(?=\d))?(?:${inWord})?(?:${suffix}(?:(?=[$'])${inWord}${suffix}?)*)?\s*`,
  'y',
);

/** The pieces of a text that stay together on a line, blanks behind them included. */
export function breakLine(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    piecePattern.lastIndex = at;
    const length = Math.max(1, piecePattern.exec(text)?.[0].length ?? 1);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

/** Wraps a text as argparse4j does: `offset` columns are taken on the first line, later ones are indented; full lines are stretched. */
export function wrapText(
  text: string,
  { width, offset = 0, indent = '' }: { width: number; offset?: number; indent?: string },
): string {
  let result = '';
  let line = '';
  let used = offset;
  for (const piece of breakLine(text)) {
    used += piece.length;
    if (used > width) {
      result += `${stretch(line, width, used - piece.length)}\n${indent}`;
      line = '';
      used = indent.length + piece.length;
    }
    line += piece;
    if (piece.endsWith('\n')) {
      result += line + indent;
      line = '';
      used = indent.length;
    }
  }
  return result + line;
}

/** Widens the gaps of a line until it is full: every gap alike, and what is left over to those in the middle. */
function stretch(line: string, width: number, used: number): string {
  const text = line.replace(/^ +| +$/g, '');
  const free = width - (used - (line.length - text.length));
  const words = text.split(/ +/);
  const gaps = words.length - 1;
  if (gaps === 0) return text;
  const each = Math.trunc(free / gaps);
  const rest = free % gaps;
  const first = Math.trunc((gaps - rest + 1) / 2);
  // A gap of several blanks keeps them.
  let gap = 0;
  return text.replace(/ +/g, (blanks) => {
    const more = each + (gap >= first && gap < first + rest ? 1 : 0);
    gap++;
    return blanks + ' '.repeat(Math.max(0, more));
  });
}
