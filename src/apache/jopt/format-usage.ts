import type { OptionSpec } from './option-spec.js';

const overallWidth = 80;
const gap = 2;

/** jopt-simple's usage table: options sorted by name, both columns wrapped so that lines fit 80 columns; ends in a newline. */
export function formatUsage(specs: readonly OptionSpec[]): string {
  const rows = [...specs]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map((spec) => ({ option: formatOption(spec), text: formatText(spec) }));
  const widest = (cells: readonly string[]): number => Math.max(...cells.map(({ length }) => length));
  const optionWidth = Math.min((overallWidth - gap) / 2, widest(['Option', ...rows.map(({ option }) => option)]));
  const textWidth = Math.min(overallWidth - gap - optionWidth, widest(['Description', ...rows.map(({ text }) => text)]));
  const line = (option: string, text: string): string =>
    `${option.padEnd(optionWidth)}${' '.repeat(gap)}${text.padEnd(textWidth)}\n`;
  const body = rows.flatMap(({ option, text }) => {
    const options = wrap(option, optionWidth);
    const texts = wrap(text, textWidth);
    return Array.from({ length: Math.max(options.length, texts.length) }, (_, index) =>
      line(options[index] ?? '', texts[index] ?? ''),
    );
  });
  return line('Option', 'Description') + line('------', '-----------') + body.join('');
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

/** Breaks behind blanks, which count as part of the word before them; lines after the first are indented by two. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/\S* +|\S+/g) ?? []) {
    if (line !== '' && line.length + word.length > width) {
      lines.push(line.trimEnd());
      line = `  ${word}`;
    } else line += word;
  }
  return [...lines, line.trimEnd()];
}
