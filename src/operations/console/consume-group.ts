import { brokerError } from '../../client/broker-error.js';
import type { Cluster } from '../../client/cluster.js';
import { describeGroups } from '../../client/groups/describe-groups.js';
import { requireTopics } from '../../client/queries/find-topics.js';
import { CliError } from '../../core/errors.js';
import { isOddGroupName, refuseOddNewGroups } from '../../core/groups/group-selection.js';
import type { Context } from '../context.js';
import type { GroupConsumeOptions } from './group-consume-options.js';
import { GroupReading } from './group-reading.js';
import type { PrintOutcome } from './print-records.js';

/**
 * Prints what a consumer group gives to this member, and commits for it what the sink has written, never more: a run that ends
 * in any way is continued by the next one without a gap.
 *
 * @throws CliError `not-found` for a topic that does not exist, `usage` for a group that must not be created, `io` (the sink), `aborted`, what ends a membership (see
 * `Member.next`), and what the last commit throws
 */
export async function consumeGroup(context: Context, options: GroupConsumeOptions): Promise<PrintOutcome> {
  const cluster = await context.connect();
  if (options.waitForTopics !== true) await requireNamed(cluster, options.member.topics ?? [], context.signal);
  if (options.expected !== undefined) await requireTopics(cluster, { topics: options.expected, includeInternal: false });
  if (options.refuseOddGroup === true) await refuseOddGroup(cluster, options.member.groupId);
  if (options.maxMessages === 0) return { printed: 0, end: 'limit' };
  const outcome = await new GroupReading(context, cluster, options).run();
  if (outcome.end === 'interrupted') throw new CliError('aborted', 'interrupted');
  return outcome;
}

/** A group would wait for a topic that does not exist, and nobody would see the typing error. */
async function requireNamed(cluster: Cluster, names: readonly string[], signal: AbortSignal): Promise<void> {
  if (names.length === 0) return;
  const topics = await cluster.direct.topics(names, { signal });
  for (const name of names) {
    const code = topics.get(name)?.errorCode ?? 0;
    if (code !== 0) throw brokerError(code, undefined, `cannot read topic '${name}'`).needing('Read', `topic '${name}'`);
  }
}

/** Joining creates the group; a name with such characters is most often a pattern or a path that was meant for something else. */
async function refuseOddGroup(cluster: Cluster, groupId: string): Promise<void> {
  if (!isOddGroupName(groupId)) return;
  const [group] = await describeGroups(cluster, [groupId]);
  if (group?.error !== undefined) throw group.error;
  if (group === undefined || group.state === 'Dead' || group.state === '') refuseOddNewGroups([groupId]);
}
