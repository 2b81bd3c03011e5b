import type { Cluster } from '../../client/cluster.js';
import { partitionBounds, type Bounds } from '../../client/queries/partition-bounds.js';
import type { TopicMetadata } from '../../client/topic-metadata.js';
import { CliError } from '../../core/errors.js';
import { refuseUse, useProblems } from '../../core/offset-file/check-use.js';
import { isInScope } from '../../core/reset/parse-scope.js';
import { givenOffset, type OffsetPlace } from '../../core/reset/given-offset.js';
import { planReset, type ResetInput, type ResetTarget } from '../../core/reset/plan-reset.js';
import { translationOf } from '../../core/reset/translation.js';
import type { TopicPartition } from '../../protocol/message.js';
import type { Context } from '../context.js';
import type { ReadInput, ResetPlan } from './reset-types.js';
import { entriesOf, readGiven, type Given } from './given-source.js';
import { nothingSelected, readTopics, refuseMissing, selectPartitions, topicNames } from './select-partitions.js';
import { readCommits, type Commits } from './read-commits.js';
import { lookUpTimes, type FoundTimes } from './look-up-times.js';

/** The plan, and the ids of its topics. */
export interface ReadReset {
  readonly plan: ResetPlan;
  readonly topicIds: ReadonlyMap<string, string>;
}

/**
 * Reads what a reset is planned from: commits, given offsets, topics and the bounds of their logs; then plans it.
 *
 * @throws CliError `input` naming every partition that cannot be planned, `not-found` for topics that do not exist
 */
export async function readReset(ctx: Context, cluster: Cluster, input: ReadInput): Promise<ReadReset> {
  const { groups, source } = input;
  const commits = await readCommits(
    cluster,
    groups.map(({ groupId }) => ({ groupId })),
  );
  const given = await readGiven(cluster, source, input.clusterId);
  const byTime = source.kind === 'given' && source.byTime === true;
  const topics = await readTopics(cluster, [...topicNames(input, commits, given)]);
  if (input.scope !== 'committed') refuseMissing(input.scope, topics);
  if (given !== undefined) refuseForeign(ctx, given, { input, byTime, topics });
  const selected = groups.map((group) => ({
    ...group,
    partitions: selectPartitions(input, group.groupId, { commits, given, topics }),
  }));
  const all = selected.flatMap(({ partitions }) => partitions);
  const bounds = await partitionBounds(cluster, all, 'read_uncommitted');
  // After the ends: a record that arrives in between would be late enough, and must not be passed over.
  const times = await lookUpTimes(cluster, source, selected, given);
  const facts: Facts = { commits, given, byTime, topics, bounds, times, clusterId: input.clusterId };
  const target = targetOf(input, byTime);
  const problems: string[] = [];
  const plan = {
    groups: selected.map(({ groupId, isNew, partitions }) => {
      if (partitions.length === 0) problems.push(`group '${groupId}': ${nothingSelected(input)}`);
      const { inputs, failures } = inputsOf(groupId, partitions, facts);
      const planned = planReset(target, inputs);
      const unplanned = planned.problems.map(({ topic, partition, message }) => `${topic}-${partition} ${message}`);
      problems.push(...[...failures, ...unplanned].map((problem) => `group '${groupId}': ${problem}`));
      return { groupId, isNew, rows: planned.rows };
    }),
  };
  if (problems.length > 0) throw new CliError('input', problems.join('\n'), { hint: hintFor(target) });
  return {
    plan,
    topicIds: new Map([...topics.values()].flatMap(({ name, id }) => (id === undefined ? [] : [[name, id] as const]))),
  };
}

interface Facts {
  readonly commits: Commits;
  readonly given: Given | undefined;
  readonly byTime: boolean;
  readonly topics: ReadonlyMap<string, TopicMetadata>;
  readonly bounds: ReadonlyMap<string, Bounds>;
  readonly times: FoundTimes;
  readonly clusterId: string | undefined;
}

function inputsOf(
  groupId: string,
  partitions: readonly TopicPartition[],
  facts: Facts,
): { inputs: ResetInput[]; failures: string[] } {
  const commits = new Map(facts.commits.get(groupId)?.map((commit) => [keyOf(commit), commit.offset]));
  const entries = new Map(facts.given === undefined ? [] : entriesOf(facts.given, groupId).map((entry) => [keyOf(entry), entry]));
  const inputs: ResetInput[] = [];
  const failures: string[] = [];
  for (const { topic, partition } of partitions) {
    const key = keyOf({ topic, partition });
    const bounds = facts.bounds.get(key);
    const time = facts.times(groupId, { topic, partition });
    const error = bounds?.error ?? time?.error;
    if (bounds?.start === undefined || error !== undefined) {
      failures.push(error?.message ?? `cannot read the bounds of ${topic}-${partition}`);
      continue;
    }
    const entry = entries.get(key);
    const here = placeOf(topic, facts);
    const given = entry && givenOffset(entry, facts.given?.clusterId, here);
    inputs.push({
      topic,
      partition,
      committed: commits.get(key),
      start: bounds.start,
      end: bounds.end,
      atTime: time?.offset,
      ...(given && { given: facts.byTime ? withoutEpoch(given) : given }),
      ...(entry && facts.byTime && { translation: translationOf(entry) }),
    });
  }
  return { inputs, failures };
}

/** The log is another one, so that an epoch of the old one must not come along. */
function withoutEpoch({ leaderEpoch: _epoch, ...given }: NonNullable<ResetInput['given']>): NonNullable<ResetInput['given']> {
  return given;
}

function placeOf(topic: string, { clusterId, topics }: Pick<Facts, 'clusterId' | 'topics'>): OffsetPlace {
  return { clusterId, topicId: topics.get(topic)?.id };
}

function hintFor(target: ResetTarget): string {
  const force = target.kind === 'given' && target.mustFit === true ? ', --force holds offsets inside the log' : '';
  return `nothing was changed; --topic narrows what is reset${force}`;
}

function targetOf({ source, force = false }: ReadInput, byTime: boolean): ResetTarget {
  if (source.kind === 'target') return source.target;
  return byTime ? { kind: 'translated' } : { kind: 'given', mustFit: !force };
}

/** Offsets that are looked up by time may come from anywhere. @throws CliError for those that may count other records here */
function refuseForeign(
  ctx: Context,
  given: Given,
  { input, byTime, topics }: { readonly input: ReadInput; readonly byTime: boolean; readonly topics: Facts['topics'] },
): void {
  const { scope, clusterId, force = false } = input;
  const isWanted = (place: TopicPartition): boolean => scope === 'committed' || isInScope(scope, place);
  const taken = {
    clusterId: byTime ? undefined : given.clusterId,
    entries: byTime ? [] : [...given.entries.values()].flat().filter(isWanted),
    belowZero: given.belowZero.filter(isWanted),
  };
  const problems = useProblems(taken, { clusterId, topicId: (topic) => topics.get(topic)?.id });
  refuseUse(problems, { force, nothing: 'nothing was changed', warn: (message) => ctx.warn(message) });
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`;
}
