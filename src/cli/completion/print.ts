import type { Handler } from '../handler.js';
import { bashCompletion } from './bash.js';
import { commandTree, type CommandNode } from './command-tree.js';
import { fishCompletion } from './fish.js';
import { zshCompletion } from './zsh.js';

/** `completion bash`. */
export const printBash: Handler = printing(bashCompletion);
/** `completion zsh`. */
export const printZsh: Handler = printing(zshCompletion);
/** `completion fish`. */
export const printFish: Handler = printing(fishCompletion);

function printing(format: (root: CommandNode) => string): Handler {
  return ({ program }) => {
    process.stdout.write(format(commandTree(program)));
    return Promise.resolve(undefined);
  };
}
