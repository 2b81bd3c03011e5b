import { type ArgumentSpec, argumentsOf, helpArgument, type ParserSpec } from './argument-spec.js';
import { wrapText } from './wrap-text.js';

/** `usage: PROG [-h] --topic TOPIC ...`, wrapped; ends in a newline. */
export function formatUsage(parser: ParserSpec, width: number): string {
  const start = `usage: ${parser.prog}`;
  const indent = ' '.repeat(start.length);
  let text = start;
  let used = start.length;
  let isFirstOfLine = true;
  for (const item of usageItems(parser)) {
    if (!isFirstOfLine && used + item.length + 1 > width) {
      text += `\n${indent} ${item}`;
      used = indent.length + 1 + item.length;
    } else {
      text += ` ${item}`;
      used += 1 + item.length;
      isFirstOfLine = false;
    }
  }
  return `${text}\n`;
}

/** What `--help` prints; ends in a newline. */
export function formatHelp(parser: ParserSpec, width: number): string {
  const sections = [
    formatUsage(parser, width),
    `${wrapText(parser.description, { width })}\n`,
    `optional arguments:\n${[helpArgument, ...parser.arguments].map((argument) => formatArgument(argument, width)).join('')}`,
    ...(parser.groups ?? []).map(({ title, description, arguments: list }) => {
      const head = `${title}:\n${wrapText(`  ${description}`, { width, indent: '  ' })}\n\n`;
      return head + list.map((argument) => formatArgument(argument, width)).join('');
    }),
  ];
  return sections.join('\n');
}

function usageItems(parser: ParserSpec): string[] {
  const exclusive = (parser.groups ?? []).filter(({ isExclusive }) => isExclusive === true);
  const alone = argumentsOf(parser).filter((argument) => !exclusive.some(({ arguments: list }) => list.includes(argument)));
  return [
    ...alone.map((argument) => (argument.required === true ? shortForm(argument) : `[${shortForm(argument)}]`)),
    ...exclusive.flatMap(({ arguments: list }) => exclusiveItems(list)),
  ];
}

/** Those of a group that one has to be chosen of: `(A | B)`, or `A` alone. */
function exclusiveItems(list: readonly ArgumentSpec[]): string[] {
  const forms = list.map(shortForm);
  if (forms.length < 2) return forms;
  return forms.flatMap((form, at) => {
    if (at === 0) return [`(${form}`];
    return ['|', at === forms.length - 1 ? `${form})` : form];
  });
}

function shortForm(argument: ArgumentSpec): string {
  return [argument.flags[0] ?? '', valueOf(argument)].filter((part) => part !== '').join(' ');
}

function valueOf({ flags, action = 'store', metavar, many = false }: ArgumentSpec): string {
  if (action === 'flag' || action === 'help') return '';
  const name = metavar ?? (flags.find((flag) => flag.startsWith('--')) ?? '').slice(2).toUpperCase();
  return many ? `${name} [${name} ...]` : name;
}

const helpColumn = 25;
const titleWidth = 21;

function formatArgument(argument: ArgumentSpec, width: number): string {
  const value = valueOf(argument);
  const title = argument.flags.map((flag) => (value === '' ? flag : `${flag} ${value}`)).join(', ');
  const help = argument.default === undefined ? argument.help : `${argument.help} (default: ${argument.default})`;
  if (help === '') return `  ${title}\n`;
  const gap = title.length <= titleWidth ? ' '.repeat(helpColumn - title.length - 2) : `\n${' '.repeat(helpColumn)}`;
  return `  ${title}${gap}${wrapText(help, { width, offset: helpColumn, indent: ' '.repeat(helpColumn) })}\n`;
}
