import type { OptionSpec } from './option-spec.js';

const totalWidth = 80;
const gap = '  ';

interface Row {
  readonly option: string;
  readonly text: string;
}

/** jopt-simple's usage table: options sorted by name, both columns wrapped to 80 columns; ends in a newline. */
export function formatUsage(specs: readonly OptionSpec[]): string {
  const rows = [
    { option: 'Option', text: 'Description' },
    { option: '------', text: '-----------' },
    ...[...specs]
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .map((spec) => ({ option: formatOption(spec), text: formatText(spec) })),
  ];
  const widest = Math.max(...rows.map(({ option }) => option.length));
  const optionWidth = Math.min((totalWidth - gap.length) / 2, widest);
  const textWidth = Math.min(totalWidth - optionWidth - gap.length, Math.max(...rows.map(({ text }) => text.length)));
  const fitted = rows.flatMap((row) => fit(row, optionWidth, textWidth));
  // What was broken takes less room than it was given.
  const optionColumn = Math.max(...fitted.map(({ option }) => option.length));
  const textColumn = Math.max(...fitted.map(({ text }) => text.length));
  return fitted.map(({ option, text }) => `${option.padEnd(optionColumn)}${gap}${text.padEnd(textColumn)}\n`).join('');
}

function formatOption(spec: OptionSpec): string {
  const dashes = spec.name.length === 1 ? '-' : '--';
  if (spec.argument === 'none') return `${dashes}${spec.name}`;
  const type = spec.type ?? 'String';
  const argument = spec.describedAs === undefined ? type : `${type}: ${spec.describedAs}`;
  return `${dashes}${spec.name} ${spec.argument === 'required' ? `<${argument}>` : `[${argument}]`}`;
}

function formatText(spec: OptionSpec): string {
  return spec.default === undefined ? spec.description : `${spec.description} (default: ${spec.default})`.trimStart();
}

function fit({ option, text }: Row, optionWidth: number, textWidth: number): Row[] {
  const options = piecesOf(option, optionWidth);
  const texts = piecesOf(text, textWidth);
  return Array.from({ length: Math.max(options.length, texts.length) }, (_, at) => ({
    option: options[at] ?? '',
    text: texts[at] ?? '',
  }));
}

function piecesOf(text: string, width: number): string[] {
  return text
    .trim()
    .split('\n')
    .flatMap((line) => piecesOfLine(line, width));
}

// Where Java's `BreakIterator` of lines lets a line end: behind blanks and hyphens (but for one that begins a number), behind
// punctuation that no more of it follows, and before what ends or follows a number. A quote belongs to what it stands at.
const breakable = new RegExp(
  [
    String.raw`\s+`,
    String.raw`(?<=\w)-+\s*`,
    String.raw`-+(?![\d(-])\s*`,
    String.raw`[.,:;!?)\]}%'"]*(?:[.,;!?)\]}%](?=[^\d\s.,:;!?)\]}%'"-])|:(?=[^\s.,:;!?)\]}%'"]))`,
    String.raw`\)(?=-)`,
    String.raw`-\d(?=>)`,
  ].join('|'),
  'g',
);

/** Lines after the first are indented by two. */
function piecesOfLine(line: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const word of wordsOf(line)) {
    if (piece.length + word.length > width) {
      pieces.push(piece.trimEnd());
      piece = gap + word;
    } else piece += word;
  }
  return piece === '' ? pieces : [...pieces, piece];
}

/** The pieces between which a line may end; together they are the line. */
function wordsOf(line: string): string[] {
  const ends = [...line.matchAll(breakable)].map((match) => match.index + match[0].length);
  return [...new Set([...ends, line.length])].map((end, at) => line.slice(at === 0 ? 0 : ends[at - 1], end));
}
