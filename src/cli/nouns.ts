import type { Command } from 'commander';
import { registerCompletion } from './completion.js';
import { registerConsole } from './console.js';
import { registerGroups } from './groups.js';
import { registerInstallDropIns } from './install-drop-ins.js';
import { registerLag } from './lag.js';
import { registerOffsets } from './offsets.js';
import { registerRecords } from './records.js';
import { registerSandbox } from './sandbox.js';
import { registerTopics } from './topics.js';

/** One word after `kafkit`: what it is about, and its verbs. */
export interface Noun {
  readonly name: string;
  readonly description: string;
  /** Adds the verbs to the noun's command. */
  readonly register: (noun: Command) => void;
}

/** Every noun, in the order of `kafkit --help`. */
export const nouns: readonly Noun[] = [
  { name: 'topics', description: 'inspect and change topics', register: registerTopics },
  { name: 'console', description: 'write records from lines and print them', register: registerConsole },
  { name: 'groups', description: 'inspect groups, move and keep their offsets', register: registerGroups },
  { name: 'lag', description: 'who is behind, and by how much', register: registerLag },
  { name: 'offsets', description: 'find, check and compare offsets', register: registerOffsets },
  { name: 'records', description: 'delete records', register: registerRecords },
  { name: 'sandbox', description: 'run a real Kafka on this machine', register: registerSandbox },
  {
    name: 'install-drop-ins',
    description: "put programs with the names of Kafka's scripts into a folder",
    register: registerInstallDropIns,
  },
  { name: 'completion', description: 'let the shell complete words of kafkit', register: registerCompletion },
];
