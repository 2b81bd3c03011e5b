import type { Command } from 'commander';
import { declareChange, type ChangeKind } from './change-kind.js';
import type { GlobalOptions } from './global-options.js';
import type { Handler } from './handler.js';

// Commands with different option types share one registry.
type AnyHandler = Handler<never>;

/** Adds a command that changes the cluster: its plans, questions, results and errors say which cluster that is. */
export function changeCommand(parent: Command, nameAndArgs: string, load: () => Promise<AnyHandler>): Command {
  return handle(parent.command(nameAndArgs), load, 'cluster');
}

/**
 * Adds a command with its lazily loaded handler; the program adds the global options. `load` imports the handler's module, so that help and
 * typing errors never pay for it.
 */
export function command(parent: Command, nameAndArgs: string, load: () => Promise<AnyHandler>): Command {
  return handle(parent.command(nameAndArgs), load);
}

/** Gives a command that exists its handler. */
export function handle(added: Command, load: () => Promise<AnyHandler>, kind?: ChangeKind): Command {
  if (kind !== undefined) declareChange(added, kind);
  added.action(async (...received: unknown[]) => {
    const [{ runCommand }, handler] = await Promise.all([import('./run-command.js'), load()]);
    // The action's last two arguments are the options and the command itself (commander's contract).
    await runCommand(handler, {
      args: received.slice(0, -2),
      options: givenOptions(added),
      program: ancestorsOf(added)[0] ?? added,
      changes: kind,
    });
  });
  return added;
}

/** Adds an "Examples" section to a command's help: the command lines as one would type them. */
export function examples(target: Command, ...lines: readonly string[]): Command {
  return target.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`);
}

/** The options of a run: given ones before defaults; of a global one given twice, the place nearest to the end wins. */
function givenOptions(target: Command): GlobalOptions {
  const chain = ancestorsOf(target);
  const valuesFrom = (isDefault: boolean): [string, unknown][] =>
    chain.flatMap((each) =>
      Object.entries(each.opts()).filter(
        ([name, value]) => value !== undefined && (each.getOptionValueSource(name) === 'default') === isDefault,
      ),
    );
  return Object.fromEntries([...valuesFrom(true), ...valuesFrom(false)]);
}

/** A command and those above it, the program first. */
function ancestorsOf(target: Command): Command[] {
  const chain: Command[] = [];
  for (let current: Command | null = target; current !== null; current = current.parent) chain.unshift(current);
  return chain;
}
