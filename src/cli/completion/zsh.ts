import { allNodes, type CommandNode, type OptionNode } from './command-tree.js';

/** A completion script for zsh, to be found as `_kafkit` in a folder of `$fpath`. */
export function zshCompletion(root: CommandNode): string {
  return `#compdef kafkit
# Completes kafkit in zsh. Written by \`npm run completions\` from the definitions of the commands.
${allNodes(root).map(functionOf).join('\n')}
if [ "$funcstack[1]" = _kafkit ]; then _kafkit "$@"; else compdef _kafkit kafkit; fi
`;
}

function functionOf(node: CommandNode): string {
  const specs = node.options.map(optionSpec);
  if (node.children.length === 0)
    return `${nameOf(node)}() {\n  _arguments -s ${[...specs, "'*: :_default'"].join(' \\\n    ')}\n}\n`;
  const children = node.children.map(
    (child) => `    '${quoted(`${child.path.at(-1) ?? ''}:${child.description.replaceAll(':', '\\:')}`)}'`,
  );
  const cases = node.children.map((child) => `    ${child.path.at(-1) ?? ''}) ${nameOf(child)} ;;`);
  return `${nameOf(node)}() {
  local line state
  local -a commands=(
${children.join('\n')}
  )
  _arguments -C ${[...specs, "'1: :->command'", "'*:: :->rest'"].join(' \\\n    ')}
  case $state in
    command) _describe command commands ;;
    rest) case $line[1] in
${cases.join('\n')}
    esac ;;
  esac
}
`;
}

function nameOf({ path }: CommandNode): string {
  return ['_kafkit', ...path].join('_').replaceAll('-', '_');
}

function optionSpec({ short, long, description, value }: OptionNode): string {
  const text = `[${quoted(description).replaceAll(/[[\]]/g, (bracket) => `\\${bracket}`)}]`;
  const action =
    value.kind === 'choice'
      ? `:value:(${value.choices.join(' ')})`
      : { none: '', file: ':file:_files', free: ':value: ' }[value.kind];
  const flags = [short, long].filter((flag) => flag !== undefined);
  // Every option may be given again: the last one counts, or all of them.
  return flags.map((flag) => `'*${flag}${text}${action}'`).join(' ');
}

/** Text inside single quotes. */
function quoted(text: string): string {
  return text.replaceAll("'", `'\\''`);
}
