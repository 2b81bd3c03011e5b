import { CliError } from '../../core/errors.js';
import type { AwaitTopicsOptions } from '../../client/queries/await-topics.js';
import type { TopicsCommand } from './command.js';

/** What takes longer has been done all the same; the start of a Java program takes about as long. */
const settleMs = 2000;

/** Waits until the next command of a script sees what this one has changed, as far as that can be waited for. */
export async function settle({ context }: TopicsCommand, wait: (limits: AwaitTopicsOptions) => Promise<boolean>): Promise<void> {
  try {
    await wait({ timeoutMs: settleMs, signal: context.signal });
  } catch (error) {
    // The change is made; what keeps us from seeing it is for the next command to tell.
    if (!(error instanceof CliError)) throw error;
  }
}
