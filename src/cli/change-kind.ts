import type { Command } from 'commander';

/** What a command may change, for those that ask first and say where they did it. */
export type ChangeKind = 'cluster' | 'files';

const declared = new WeakMap<Command, ChangeKind>();

/** Remembers what a command changes. */
export function declareChange(command: Command, kind: ChangeKind): void {
  declared.set(command, kind);
}

/** What a command was declared to change; undefined for one that only reads. */
export function changedBy(command: Command): ChangeKind | undefined {
  return declared.get(command);
}
