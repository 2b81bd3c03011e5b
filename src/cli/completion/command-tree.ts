import type { Command, Option } from 'commander';

/** A command as completion scripts need it. */
export interface CommandNode {
  /** Words after `kafkit`; empty for kafkit itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly children: readonly CommandNode[];
  readonly options: readonly OptionNode[];
}

export interface OptionNode {
  readonly short: string | undefined;
  readonly long: string | undefined;
  readonly description: string;
  readonly value: ValueKind;
}

/** What follows an option: nothing, one of a few words, a file, or something no shell can know. */
export type ValueKind =
  { readonly kind: 'none' | 'file' | 'free' } | { readonly kind: 'choice'; readonly choices: readonly string[] };

/** Reads the tree of commands, hidden options left out. */
export function commandTree(command: Command, path: readonly string[] = []): CommandNode {
  const helper = command.createHelp();
  return {
    path,
    description: command.description(),
    children: command.commands.map((child) => commandTree(child, [...path, child.name()])),
    options: helper.visibleOptions(command).map(optionNode),
  };
}

/** A node and everything below it, parents first. */
export function allNodes(node: CommandNode): CommandNode[] {
  return [node, ...node.children.flatMap(allNodes)];
}

function optionNode(option: Option): OptionNode {
  return { short: option.short, long: option.long, description: option.description, value: valueKind(option) };
}

function valueKind({ argChoices, flags, required, optional }: Option): ValueKind {
  if (argChoices !== undefined) return { kind: 'choice', choices: argChoices };
  if (!required && !optional) return { kind: 'none' };
  return { kind: /<(file|path)>/.test(flags) ? 'file' : 'free' };
}
