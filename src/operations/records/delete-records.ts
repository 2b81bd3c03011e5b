import type { Cluster } from '../../client/cluster.js';
import { describeTopics } from '../../client/metadata.js';
import { listOffsets } from '../../client/offsets.js';
import { recordTimes, type SpanTimes } from '../../client/queries/record-times.js';
import type { TopicMetadata } from '../../client/topic-metadata.js';
import { deleteRecords as sendDeleteRecords, type CutAnswer } from '../../client/records.js';
import type { CutRow } from '../../core/cut/plan-cut.js';
import { CliError } from '../../core/errors.js';
import { statusAfter } from '../../core/lost-answer.js';
import type { Approval, Context } from '../context.js';
import { readCuts, type CutQuery } from './read-cuts.js';

export type DeleteRecordsInput = CutQuery & {
  /** Whether the plan tells how old the first and last doomed records are, where that is cheap to find out. */
  readonly withTimes: boolean;
};

/** One partition of the plan. */
export interface PlannedCut extends CutRow {
  /** Milliseconds since the epoch of the first and the last record that go; undefined where nothing goes or it is not known. */
  readonly times: SpanTimes | undefined;
}

export interface DeleteRecordsPlan {
  /** Sorted by topic and partition. */
  readonly cuts: readonly PlannedCut[];
}

/** What became of one partition; `unchanged`: nothing stood below the cut. `unknown`: it was sent, and no answer came. */
export interface DeletedRecords {
  readonly cut: PlannedCut;
  readonly status: 'deleted' | 'unchanged' | 'failed' | 'unknown';
  /** First offset that is left, where that is known. */
  readonly lowWatermark: bigint | undefined;
  readonly error: CliError | undefined;
}

export interface DeleteRecordsResult {
  readonly plan: DeleteRecordsPlan;
  /** Undefined after a dry run; in the order of the plan. */
  readonly results: readonly DeletedRecords[] | undefined;
}

/**
 * Deletes the records below an offset of each partition, after showing which go. Brokers are asked for nothing but reads until
 * every partition can be cut as planned.
 *
 * @throws CliError naming every problem: `not-found`, `usage` (an internal topic) or `input`
 */
export async function deleteRecords(
  ctx: Context,
  input: DeleteRecordsInput,
  approve: Approval<DeleteRecordsPlan>,
): Promise<DeleteRecordsResult> {
  const cluster = await ctx.connect();
  const { rows, topics } = await readCuts(ctx, cluster, input);
  const plan = { cuts: await addTimes(ctx, cluster, rows, input.withTimes) };
  const doomed = plan.cuts.filter(({ records }) => records > 0n);
  if (doomed.length > 0 && !(await approve(plan))) return { plan, results: undefined };
  if (doomed.length > 0) await refuseRecreated(cluster, topics);
  const applied = new Map((await apply(ctx, cluster, doomed, topics)).map((result) => [result.cut, result]));
  return { plan, results: plan.cuts.map((cut) => applied.get(cut) ?? unchanged(cut)) };
}

/** A question may stand for minutes; the offsets of a topic that was created anew meanwhile are others. */
async function refuseRecreated(cluster: Cluster, before: readonly TopicMetadata[]): Promise<void> {
  const problems = (await recreated(cluster, before)).map(
    ({ name }) => `topic '${name}' is not the one that the plan was made for`,
  );
  if (problems.length > 0) throw new CliError('input', ['no records were deleted', ...problems].join('\n'));
}

async function recreated(cluster: Cluster, before: readonly TopicMetadata[]): Promise<TopicMetadata[]> {
  const names = before.map(({ name }) => name);
  const now = new Map((await describeTopics(cluster, names)).map((topic) => [topic.name, topic]));
  return before.filter(({ name, id }) => now.get(name)?.id !== id);
}

async function addTimes(ctx: Context, cluster: Cluster, rows: readonly CutRow[], wanted: boolean): Promise<PlannedCut[]> {
  const spans = rows.map((row) => ({ topic: row.topic, partition: row.partition, start: row.start, stop: row.cut, row }));
  const times = wanted ? await recordTimes(cluster, spans, ctx.signal) : new Map<unknown, SpanTimes>();
  return spans.map((span) => ({ ...span.row, times: times.get(span) }));
}

function unchanged(cut: PlannedCut): DeletedRecords {
  return { cut, status: 'unchanged', lowWatermark: cut.start, error: undefined };
}

const mostAttempts = 5;
/** For all attempts together; what a user gives with `--timeout` may end them sooner. */
const patienceMs = 60_000;

/**
 * Cuts, and asks again where no answer came: the same cut of the same topic does nothing twice. What a leader did without an
 * answer may be undone, because the next leader need not know of it.
 */
async function apply(
  ctx: Context,
  cluster: Cluster,
  cuts: readonly PlannedCut[],
  topics: readonly TopicMetadata[],
): Promise<DeletedRecords[]> {
  const deadline = performance.now() + patienceMs;
  let results = await cutOnce(cluster, cuts, deadline - performance.now());
  for (let attempt = 1; attempt < mostAttempts; attempt++) {
    const open = results.filter(({ status }) => status === 'unknown').map(({ cut }) => cut);
    const leftMs = deadline - performance.now();
    if (open.length === 0 || leftMs <= 0 || ctx.signal.aborted || !(await areTheSame(cluster, topics))) break;
    const again = new Map((await cutOnce(cluster, open, leftMs)).map((result) => [result.cut, result]));
    results = results.map((result) => again.get(result.cut) ?? result);
  }
  return lookAgain(ctx, cluster, results);
}

async function cutOnce(cluster: Cluster, cuts: readonly PlannedCut[], timeoutMs: number): Promise<DeletedRecords[]> {
  if (cuts.length === 0) return [];
  try {
    const wanted = cuts.map(({ topic, partition, cut }) => ({ topic, partition, offset: cut }));
    const answers = await sendDeleteRecords(cluster, wanted, { timeoutMs });
    return cuts.map((cut, index) => resultOf(cut, answers[index]));
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return cuts.map((cut) => ({ cut, status: statusAfter(error), lowWatermark: undefined, error }));
  }
}

/** Whether no topic was created anew; false also when nobody can tell. */
async function areTheSame(cluster: Cluster, topics: readonly TopicMetadata[]): Promise<boolean> {
  return (await recreated(cluster, topics).catch(() => topics)).length === 0;
}

function resultOf(cut: PlannedCut, answer: CutAnswer | undefined): DeletedRecords {
  const { lowWatermark, error, isUnknown = true } = answer ?? {};
  if (error === undefined) return { cut, status: 'deleted', lowWatermark, error };
  return { cut, status: isUnknown ? 'unknown' : 'failed', lowWatermark, error };
}

const lookTimeoutMs = 5000;

/** Where no answer came, the start of the log tells how far the leader is, if it can be asked; that nobody confirmed it stays said. */
async function lookAgain(ctx: Context, cluster: Cluster, results: readonly DeletedRecords[]): Promise<DeletedRecords[]> {
  const open = results.filter(({ status }) => status === 'unknown');
  if (open.length === 0 || ctx.signal.aborted) return [...results];
  const questions = open.map(({ cut: { topic, partition } }) => ({ topic, partition, at: { kind: 'earliest' } as const }));
  const starts = await listOffsets(cluster, questions, { timeoutMs: lookTimeoutMs }).catch((error: unknown) => {
    if (error instanceof CliError) return [];
    throw error;
  });
  const found = new Map(open.map((result, index) => [result, starts[index]?.offset]));
  return results.map((result) => {
    const start = found.get(result);
    if (start === undefined) return result;
    const { topic, partition, cut } = result.cut;
    if (start >= cut) ctx.warn(`the log of ${topic}-${partition} now starts at ${start}, but no replica confirmed it`);
    return { ...result, lowWatermark: start };
  });
}
