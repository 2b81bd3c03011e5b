import type { Cluster } from '../../client/cluster.js';
import type { BrokerError } from '../../client/broker-error.js';
import { alterConfigs, describeConfigs, type ConfigEntry } from '../../client/configs.js';
import { requireTopics, type TopicQuery } from '../../client/queries/find-topics.js';
import { createPartitions } from '../../client/topics.js';
import { CliError } from '../../core/errors.js';
import { statusAfter } from '../../core/lost-answer.js';
import { misspeltConfigHint } from '../../core/topics/misspelt-config.js';
import {
  planAlter,
  type AlterPlan,
  type ConfigBefore,
  type ConfigEdit,
  type PartitionIncrease,
  type TopicBefore,
  type TopicChange,
  type WantedTopic,
} from '../../core/topics/plan-alter.js';
import type { Approval, Context } from '../context.js';

/** What became of one change. */
export interface ChangeResult {
  readonly change: TopicChange;
  /** `unknown`: it was sent, and no answer came. `not-tried`: an earlier step ended the run. */
  readonly status: 'changed' | 'failed' | 'unknown' | 'not-tried';
  readonly error: CliError | undefined;
}

export interface AlterTopicsResult {
  readonly plan: AlterPlan;
  /** Undefined after a dry run; empty where there was nothing to change. */
  readonly results: readonly ChangeResult[] | undefined;
}

/**
 * Changes partition counts and settings of topics. Brokers check the whole plan before it is shown, so a plan with a mistake in
 * it changes nothing; what fails after that is told change by change.
 *
 * @throws CliError `not-found`, or `input` and `broker` naming every problem of the plan
 */
export async function alterTopics(
  ctx: Context,
  input: TopicQuery & WantedTopic,
  approve: Approval<AlterPlan>,
): Promise<AlterTopicsResult> {
  ctx.progress('reading topics');
  const cluster = await ctx.connect();
  const before = await readTopics(cluster, input);
  const plan = planAlter(before, input);
  if (plan.problems.length > 0) throw new CliError('input', plan.problems.join('\n'), { hint: hintForProblems(input, before) });
  if (plan.changes.length === 0) return { plan, results: [] };
  await refuseInvalid(cluster, plan.changes, before);
  if (!(await approve(plan))) return { plan, results: undefined };
  ctx.progress('changing topics');
  return { plan, results: await apply(cluster, plan.changes) };
}

async function readTopics(cluster: Cluster, input: TopicQuery & WantedTopic): Promise<TopicBefore[]> {
  const topics = await requireTopics(cluster, input);
  const names = topics.map(({ name }) => name);
  const configs = input.configs.length === 0 ? new Map<string, TopicBefore['configs']>() : await readConfigs(cluster, names);
  return topics.map(({ name, partitions }) => ({
    name,
    partitionCount: partitions.length,
    replicas: partitions.map(({ replicas }) => replicas),
    configs: configs.get(name) ?? new Map(),
  }));
}

async function readConfigs(cluster: Cluster, names: readonly string[]): Promise<Map<string, TopicBefore['configs']>> {
  const resources = names.map((name) => ({ type: 'topic', name }) as const);
  const described = await describeConfigs(cluster, resources, { synonyms: true });
  refuse(described.flatMap(({ error }) => error ?? []));
  return new Map(described.map(({ name, entries }) => [name, new Map(entries.map((entry) => [entry.name, configBefore(entry)]))]));
}

function configBefore({ value, source, synonyms }: ConfigEntry): ConfigBefore {
  const inherited = source === 'topic' ? synonyms.find((synonym) => synonym.source !== 'topic')?.value : value;
  return { value, isOverride: source === 'topic', inherited };
}

/** Asks the brokers whether they would take every change. */
async function refuseInvalid(cluster: Cluster, changes: readonly TopicChange[], before: readonly TopicBefore[]): Promise<void> {
  const [ofIncreases, ofEdits] = await Promise.all([
    sendIncreases(cluster, changes.filter(isIncrease), true),
    sendEdits(cluster, changes.filter(isEdit), true),
  ]);
  refuse([...ofIncreases.values(), ...ofEdits.values()], hintFor(changes, before));
}

/** One error for all of them: the first one's class, everybody's message. */
function refuse(errors: readonly BrokerError[], hint?: string): void {
  const [first] = errors;
  if (first === undefined) return;
  throw new CliError(first.code, errors.map(({ message }) => message).join('\n'), { hint: hint ?? first.hint, cause: first });
}

/** What to do about a plan that cannot be applied. */
function hintForProblems({ assignment, configs }: WantedTopic, [topic]: readonly TopicBefore[]): string | undefined {
  const unknown = configs.map(({ name }) => name).filter((name) => topic?.configs.has(name) === false);
  if (unknown.length > 0) {
    const near = misspeltConfigHint(unknown, topic?.configs.keys() ?? []);
    return near ?? `see its settings: kafkit topics describe ${topic?.name ?? ''} --all-configs`;
  }
  if (assignment === undefined) return undefined;
  return `name the brokers that partitions have now (kafkit topics describe ${topic?.name ?? ''}), and new ones behind them; kafka-reassign-partitions.sh moves replicas`;
}

/** All topics of one cluster know the same settings. */
function hintFor(changes: readonly TopicChange[], [topic]: readonly TopicBefore[]): string | undefined {
  const names = changes.filter(isEdit).map(({ setting }) => setting);
  return misspeltConfigHint(names, topic?.configs.keys() ?? []);
}

/** Errors by topic. */
type Outcome = ReadonlyMap<string, BrokerError>;

async function sendIncreases(cluster: Cluster, increases: readonly PartitionIncrease[], validateOnly: boolean): Promise<Outcome> {
  if (increases.length === 0) return new Map();
  const wanted = increases.map(({ topic, to, assignment }) => ({ name: topic, count: to, assignment }));
  return errorsOf(await createPartitions(cluster, wanted, { validateOnly }));
}

async function sendEdits(cluster: Cluster, edits: readonly ConfigEdit[], validateOnly: boolean): Promise<Outcome> {
  if (edits.length === 0) return new Map();
  const topics = [...new Set(edits.map(({ topic }) => topic))];
  const resources = topics.map((name) => ({
    type: 'topic' as const,
    name,
    changes: edits
      .filter(({ topic }) => topic === name)
      .map(({ setting, operation, to }) =>
        operation === 'delete' ? { name: setting, operation } : { name: setting, operation, value: to ?? '' },
      ),
  }));
  return errorsOf(await alterConfigs(cluster, resources, { validateOnly }));
}

function errorsOf(results: readonly { readonly name: string; readonly error: BrokerError | undefined }[]): Outcome {
  return new Map(results.flatMap(({ name, error }) => (error === undefined ? [] : [[name, error] as const])));
}

const isIncrease = (change: TopicChange): change is PartitionIncrease => change.kind === 'partitions';
const isEdit = (change: TopicChange): change is ConfigEdit => change.kind === 'config';

/** Applies partitions first, then settings; answers what became of each change, in the order of the plan. */
async function apply(cluster: Cluster, changes: readonly TopicChange[]): Promise<ChangeResult[]> {
  const results = new Map<TopicChange, ChangeResult>();
  let isOver = false;
  const step = async <C extends TopicChange>(own: readonly C[], send: (own: readonly C[]) => Promise<Outcome>): Promise<void> => {
    if (own.length === 0 || isOver) return;
    try {
      const errors = await send(own);
      for (const change of own) {
        const error = errors.get(change.topic);
        results.set(change, { change, status: error === undefined ? 'changed' : 'failed', error });
      }
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      isOver = true;
      for (const change of own) results.set(change, { change, status: statusAfter(error), error });
    }
  };
  await step(changes.filter(isIncrease), (own) => sendIncreases(cluster, own, false));
  await step(changes.filter(isEdit), (own) => sendEdits(cluster, own, false));
  return changes.map((change) => results.get(change) ?? { change, status: 'not-tried', error: undefined });
}
