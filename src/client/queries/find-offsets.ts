import type { Cluster } from '../cluster.js';
import { listOffsets, type ListOffsetsOptions, type OffsetAnswer, type OffsetQuestion } from '../offsets.js';
import { firstSince } from './span-timestamps.js';

type TimeQuestion = OffsetQuestion & { readonly at: { readonly kind: 'timestamp' } };

/**
 * {@link listOffsets}, also for times before 1970: to brokers a number below 0 is the name of a place, or unknown. Such a time is
 * found by reading from the start of the log, where everything is newer in all but the oddest of topics.
 *
 * @throws CliError where a log that has to be read cannot be
 */
export async function findOffsets(
  cluster: Cluster,
  questions: readonly OffsetQuestion[],
  options: ListOffsetsOptions = {},
): Promise<readonly OffsetAnswer[]> {
  const early = questions.filter(isBefore1970);
  if (early.length === 0) return listOffsets(cluster, questions, options);
  const [known, read] = await Promise.all([
    listOffsets(
      cluster,
      questions.filter((question) => !isBefore1970(question)),
      options,
    ),
    readTimes(cluster, early, options),
  ]);
  const answers = known[Symbol.iterator]();
  return questions.map((question) => read.get(question) ?? (answers.next().value as OffsetAnswer)); // one for each of the others
}

function isBefore1970({ at }: OffsetQuestion): boolean {
  return at.kind === 'timestamp' && at.ms < 0n;
}

async function readTimes(
  cluster: Cluster,
  questions: readonly OffsetQuestion[],
  options: ListOffsetsOptions,
): Promise<ReadonlyMap<OffsetQuestion, OffsetAnswer>> {
  const ask = (kind: 'earliest' | 'latest'): Promise<readonly OffsetAnswer[]> =>
    listOffsets(
      cluster,
      questions.map(({ topic, partition }) => ({ topic, partition, at: { kind } })),
      options,
    );
  const [starts, ends] = await Promise.all([ask('earliest'), ask('latest')]);
  const spans = (questions as readonly TimeQuestion[]).flatMap((question, index) => {
    // Only times were picked.
    const [start, stop] = [starts[index]?.offset, ends[index]?.offset];
    const { topic, partition, at } = question;
    return start === undefined || stop === undefined ? [] : [{ question, topic, partition, start, stop, since: at.ms }];
  });
  const signal = options.signal ?? new AbortController().signal;
  const found = await firstSince(cluster, spans, { signal, ...(options.isolation && { isolation: options.isolation }) });
  const placed = new Map<OffsetQuestion, { offset: bigint; timestamp: bigint } | undefined>(
    spans.map((span) => [span.question, found.get(span)]),
  );
  return new Map(
    questions.map((question, index) => {
      const { offset, timestamp } = placed.get(question) ?? {};
      const error = starts[index]?.error ?? ends[index]?.error;
      return [question, { ...question, offset, timestamp, leaderEpoch: undefined, error }];
    }),
  );
}
