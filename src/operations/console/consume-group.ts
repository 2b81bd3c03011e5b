import { brokerError } from '../../client/broker-error.js';
import type { Cluster } from '../../client/cluster.js';
import type { FetchSettings } from '../../client/fetcher/fetcher-options.js';
import type { MemberOptions } from '../../client/member/member-options.js';
import { CliError } from '../../core/errors.js';
import type { RecordFormatter } from '../../core/record-formats/format-json-line.js';
import type { Context } from '../context.js';
import type { ByteSink } from './byte-sink.js';
import { GroupReading } from './group-reading.js';
import type { PrintOptions, PrintOutcome } from './print-records.js';

/** When to commit what was written: as soon as it was, every so often, or never. At the end and before a revocation in any case but the last. */
export type CommitPolicy = { readonly kind: 'batch' | 'none' } | { readonly kind: 'interval'; readonly ms: number };

export interface GroupConsumeOptions {
  /** Who to be in which group, and what to subscribe to: `topics` or `pattern`. */
  readonly member: Pick<
    MemberOptions,
    | 'groupId'
    | 'topics'
    | 'pattern'
    | 'protocol'
    | 'assignors'
    | 'serverAssignor'
    | 'groupInstanceId'
    | 'sessionTimeoutMs'
    | 'heartbeatIntervalMs'
    | 'rebalanceTimeoutMs'
    | 'autoOffsetReset'
    | 'includeInternal'
    | 'metadataRefreshMs'
  >;
  readonly format: RecordFormatter;
  readonly sink: ByteSink;
  readonly isCommittedOnly: boolean;
  readonly maxMessages: number | undefined;
  readonly idleTimeoutMs: number | undefined;
  /** Counts joining and rebalances as time without a record, too. */
  readonly idleWhileJoining?: boolean | undefined;
  readonly onFormatError?: PrintOptions['onFormatError'];
  /** Waits for topics that do not exist. */
  readonly waitForTopics?: boolean | undefined;
  readonly commit: CommitPolicy;
  /** Ends when every partition assigned was read to the end that it had when it was assigned. */
  readonly exitAtEnd: boolean;
  /** Tells of rebalances, in words. */
  readonly say: (line: string) => void;
  readonly fetch?:
    Pick<FetchSettings, 'rack' | 'maxWaitMs' | 'minBytes' | 'maxBytes' | 'partitionMaxBytes' | 'checkCrcs'> | undefined;
}

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
