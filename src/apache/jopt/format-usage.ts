import type { OptionSpec } from './option-spec.js';

const totalWidth = 78;

/** jopt-simple's usage table: options sorted by name, descriptions wrapped to 78 columns; ends in a newline. */
export function formatUsage(specs: readonly OptionSpec[]): string {
  const rows = [...specs]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map((spec) => ({ option: formatOption(spec), text: formatText(spec) }));
  const optionWidth = Math.max('Option'.length, ...rows.map(({ option }) => option.length));
  const textWidth = Math.max(
    20,
    Math.min(totalWidth - optionWidth - 2, Math.max('Description'.length, ...rows.map(({ text }) => text.length))),
  );
  const line = (option: string, text: string): string => `${option.padEnd(optionWidth)}  ${text.padEnd(textWidth)}\n`;
  const body = rows.map(({ option, text }) => {
    const [first = '', ...more] = wrap(text, textWidth);
    return line(option, first) + more.map((part) => line('', part)).join('');
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

/** Breaks at blanks; lines after the first are indented by two. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const indent = lines.length === 0 ? '' : '  ';
    const longer = line === '' ? indent + word : `${line} ${word}`;
    if (line !== '' && longer.length > width) {
      lines.push(line);
      line = `  ${word}`;
    } else line = longer;
  }
  return [...lines, line];
}
