import { expect } from 'vitest';
import type { Kafka } from '../../src/sandbox/locate-kafka.js';
import { ourCommand, setupCommand } from './commands.js';
import type { GoldenCase, Printed } from './golden-case.js';
import { viewOf } from './golden-text.js';
import { runCase } from './run-case.js';

export interface CheckOptions {
  readonly tool: string;
  readonly bootstrap: string;
  readonly kafka: Kafka;
}

/** Runs a case with our tool, and expects what Kafka's own printed. */
export async function checkCase(item: GoldenCase, { tool, bootstrap, kafka }: CheckOptions): Promise<void> {
  const printed = await runCase(item, {
    tool,
    bootstrap,
    command: ourCommand,
    setupCommand: (name) => setupCommand(kafka, name),
  });
  expect(view(printed, item)).toBe(view(item.expect, item));
}

/** All that is compared, as one text whose difference can be read. */
export function view({ exit, stdout, stderr }: Printed, item: Pick<GoldenCase, 'stdout' | 'stderr'>): string {
  return `exit ${exit}\n--- stdout\n${viewOf(stdout, item.stdout)}\n--- stderr\n${viewOf(stderr, item.stderr)}`;
}
