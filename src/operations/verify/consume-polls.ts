import type { Context } from '../context.js';
import type { ConsumePollsOptions } from './poll-options.js';
import { PollReading } from './poll-reading.js';

/**
 * Reads as a member of a group, poll by poll, and tells of all that happens, until the limit or the signal. Commits are made here.
 *
 * @throws what ends a membership (see `Member.next`), after the partitions were given up
 */
export async function consumePolls(context: Context, options: ConsumePollsOptions): Promise<void> {
  if (options.maxMessages === 0) return;
  await new PollReading(context, await context.connect(), options).run();
}
