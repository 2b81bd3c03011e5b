import { allNodes, type CommandNode, type OptionNode } from './command-tree.js';

/** A completion script for fish. */
export function fishCompletion(root: CommandNode): string {
  const nodes = allNodes(root);
  return `# Completes kafkit in fish. Written by \`npm run completions\` from the definitions of the commands.
function __kafkit_path
    set -l path
    for word in (commandline -opc)[2..]
        switch "$path $word"
            case ${nodes
              .slice(1)
              .map(({ path }) => `'${['', ...path].join(' ')}'`)
              .join(' ')}
                set path "$path $word"
        end
    end
    echo "$path"
end
function __kafkit_at
    test (__kafkit_path) = "$argv[1]"
end
complete -c kafkit -f
${nodes.flatMap(linesOf).join('\n')}
`;
}

function linesOf(node: CommandNode): string[] {
  const place = `complete -c kafkit -n '__kafkit_at "${node.path.map((word) => ` ${word}`).join('')}"'`;
  const children = node.children.map((child) => `${place} -a ${child.path.at(-1) ?? ''} -d ${quote(child.description)}`);
  return [...children, ...node.options.map((option) => `${place} ${optionArguments(option)}`)];
}

function optionArguments({ short, long, description, value }: OptionNode): string {
  const words: string[] = [];
  if (short !== undefined) words.push(`-s ${short.replace('-', '')}`);
  if (long !== undefined) words.push(`-l ${long.replace('--', '')}`);
  if (value.kind === 'choice') words.push('-x', `-a ${quote(value.choices.join(' '))}`);
  if (value.kind === 'file') words.push('-r', '-F');
  if (value.kind === 'free') words.push('-x');
  return [...words, `-d ${quote(description)}`].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
