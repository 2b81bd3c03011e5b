import { BrokerError } from '../../client/broker-error.js';
import type { Cluster } from '../../client/cluster.js';
import { commitOffsets } from '../../client/groups/commit-offsets.js';
import { CliError } from '../../core/errors.js';
import type { ResetRow } from '../../core/reset/plan-reset.js';
import { kafkaError } from '../../protocol/errors.js';
import type { Context } from '../context.js';
import type { GroupReset, ResetOutcome, ResetPlan } from './reset-types.js';

// A coordinator writes one request as one batch of its own topic, which has a size limit.
const mostRows = 1000;

/** Commits what a plan changes, group by group, and tells what became of every row. */
export async function commitReset(ctx: Context, cluster: Cluster, plan: ResetPlan): Promise<ResetOutcome[]> {
  const outcomes: ResetOutcome[] = [];
  for (const group of plan.groups) {
    if (!ctx.signal.aborted) ctx.progress(`committing offsets of group '${group.groupId}'`);
    outcomes.push(...(await commitGroup(ctx, cluster, group)));
  }
  return outcomes;
}

async function commitGroup(ctx: Context, cluster: Cluster, { groupId, rows }: GroupReset): Promise<ResetOutcome[]> {
  const settled = new Map<ResetRow, Pick<ResetOutcome, 'status' | 'error'>>();
  const changes = rows.filter(({ changes: isChange }) => isChange);
  for (let at = 0; at < changes.length && !ctx.signal.aborted; at += mostRows) {
    const chunk = changes.slice(at, at + mostRows);
    const outcomes = await commitChunk(cluster, groupId, chunk);
    for (const [index, row] of chunk.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) settled.set(row, outcome);
    }
    // Whatever refused this chunk (a member joined, the coordinator is gone) will refuse the next.
    if (outcomes.every(({ status }) => status !== 'written')) break;
  }
  return rows.map((row) => ({
    groupId,
    row,
    ...(settled.get(row) ?? { status: row.changes ? 'not-tried' : 'unchanged', error: undefined }),
  }));
}

async function commitChunk(
  cluster: Cluster,
  groupId: string,
  rows: readonly ResetRow[],
): Promise<Pick<ResetOutcome, 'status' | 'error'>[]> {
  try {
    const results = await commitOffsets(
      cluster,
      groupId,
      rows.map(({ topic, partition, after, leaderEpoch, metadata }) => ({
        topic,
        partition,
        offset: after,
        leaderEpoch,
        metadata,
      })),
    );
    return results.map(({ error }) => ({
      status: error === undefined ? 'written' : isOpen(error) ? 'unknown' : 'failed',
      error: error && explained(error, groupId),
    }));
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return rows.map(() => ({ status: 'unknown', error }));
  }
}

/**
 * After an error that is asked again, the attempt or one before it may have been written: a coordinator that waits too long for
 * its replicas says no more than that it is not available, and one that is gone says nothing.
 */
function isOpen(error: CliError): boolean {
  return error instanceof BrokerError && kafkaError(error.kafkaCode).retriable;
}

// What a coordinator answers to a commit from outside once somebody has joined.
const joined: ReadonlySet<string> = new Set([
  'UNKNOWN_MEMBER_ID',
  'ILLEGAL_GENERATION',
  'STALE_MEMBER_EPOCH',
  'REBALANCE_IN_PROGRESS',
]);

function explained(error: CliError, groupId: string): CliError {
  if (!(error instanceof BrokerError) || !joined.has(error.kafkaName)) return error;
  return error.withHint(`somebody joined the group meanwhile; see who: kafkit groups members ${groupId}`);
}
