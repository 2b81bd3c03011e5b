import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bashCompletion } from '../../../src/cli/completion/bash.js';
import { commandTree } from '../../../src/cli/completion/command-tree.js';
import { fishCompletion } from '../../../src/cli/completion/fish.js';
import { zshCompletion } from '../../../src/cli/completion/zsh.js';
import { createProgram } from '../../../src/cli/program.js';

test.each([
  ['kafkit.bash', bashCompletion],
  ['_kafkit', zshCompletion],
  ['kafkit.fish', fishCompletion],
] as const)('completions/%s is what the definitions give; `npm run completions` writes it', (file, format) => {
  expect(readFileSync(`completions/${file}`, 'utf8')).toBe(format(commandTree(createProgram())));
});
