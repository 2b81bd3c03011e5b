import type { Command } from 'commander';

/** `kafkit topics`: inspect and change topics. */
export function registerTopics(program: Command): void {
  program.command('topics').description('inspect and change topics');
}
