import type { Command } from 'commander';
import { command, examples } from './runner.js';

/** `kafkit completion`: scripts that let a shell complete kafkit's words. */
export function registerCompletion(completion: Command): void {
  const bash = command(completion, 'bash', () => import('./completion/print.js').then((module) => module.printBash));
  examples(
    bash.description('print the script for bash'),
    'source <(kafkit completion bash)',
    'kafkit completion bash > ~/.local/share/bash-completion/completions/kafkit',
  );
  const zsh = command(completion, 'zsh', () => import('./completion/print.js').then((module) => module.printZsh));
  examples(
    zsh.description('print the script for zsh'),
    'kafkit completion zsh > ~/.zsh/completions/_kafkit   # a folder of $fpath',
  );
  const fish = command(completion, 'fish', () => import('./completion/print.js').then((module) => module.printFish));
  examples(fish.description('print the script for fish'), 'kafkit completion fish > ~/.config/fish/completions/kafkit.fish');
}
