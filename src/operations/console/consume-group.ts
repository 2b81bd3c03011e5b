import { brokerError } from '../../client/broker-error.js';
import type { Cluster } from '../../client/cluster.js';
import { CliError } from '../../core/errors.js';
import type { Context } from '../context.js';
import type { GroupConsumeOptions } from './group-consume-options.js';
import { GroupReading } from './group-reading.js';
import type { PrintOutcome } from './print-records.js';

/**
 * Prints what a consumer group gives to this member, and commits for it what the sink has written, never more: a run that ends
 * in any way is continued by the next one without a gap.
 *
 * @throws CliError `not-found` for a topic that does not exist, `io` (the sink), `aborted`, what ends a membership (see
 * `Member.next`), and what the last commit throws
 */
export async function consumeGroup(context: Context, options: GroupConsumeOptions): Promise<PrintOutcome> {
  const cluster = await context.connect();
  if (options.waitForTopics !== true) await requireTopics(cluster, options.member.topics ?? [], context.signal);
  if (options.maxMessages === 0) return { printed: 0, end: 'limit' };
  const outcome = await new GroupReading(context, cluster, options).run();
  if (outcome.end === 'interrupted') throw new CliError('aborted', 'interrupted');
  return outcome;
}

/** A group would wait for a topic that does not exist, and nobody would see the typing error. */
async function requireTopics(cluster: Cluster, names: readonly string[], signal: AbortSignal): Promise<void> {
  if (names.length === 0) return;
  const topics = await cluster.direct.topics(names, { signal });
  for (const name of names) {
    const code = topics.get(name)?.errorCode ?? 0;
    if (code !== 0) throw brokerError(code, undefined, `cannot read topic '${name}'`);
  }
}
