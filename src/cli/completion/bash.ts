import { allNodes, type CommandNode, type OptionNode } from './command-tree.js';

/** A completion script for bash 4 and newer, without bash-completion. */
export function bashCompletion(root: CommandNode): string {
  const nodes = allNodes(root);
  const paths = nodes.slice(1).map((node) => `'${keyOf(node)}'`);
  return `# Completes kafkit in bash. Written by \`npm run completions\` from the definitions of the commands.
_kafkit() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" path='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$path \${COMP_WORDS[index]}" in
      ${paths.join(' | \\\n        ')})
        path="$path \${COMP_WORDS[index]}" ;;
    esac
  done
  COMPREPLY=()
  case "$path:$previous" in
${nodes.flatMap((node) => node.options.flatMap((option) => valueCase(node, option))).join('\n')}
  esac
  local words=''
  case "$path" in
${nodes.map(wordsCase).join('\n')}
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -F _kafkit kafkit
`;
}

/** How the script spells where it is: ` topics list`. */
function keyOf({ path }: CommandNode): string {
  return path.map((word) => ` ${word}`).join('');
}

function valueCase(node: CommandNode, { short, long, value }: OptionNode): string[] {
  if (value.kind === 'none') return [];
  const patterns = [short, long].filter((flag) => flag !== undefined).map((flag) => `'${keyOf(node)}:${flag}'`);
  const reply = {
    // With nothing in COMPREPLY, the option makes bash complete file names.
    file: 'compopt -o default; return',
    free: 'return',
    choice:
      value.kind === 'choice' ? `mapfile -t COMPREPLY < <(compgen -W '${value.choices.join(' ')}' -- "$current"); return` : '',
  }[value.kind];
  return [`    ${patterns.join(' | ')}) ${reply} ;;`];
}

function wordsCase(node: CommandNode): string {
  const flags = node.options.flatMap(({ short, long }) => long ?? short ?? []);
  const words = [...node.children.map(({ path }) => path.at(-1) ?? ''), ...flags];
  return `    '${keyOf(node)}') words='${words.join(' ')}' ;;`;
}
