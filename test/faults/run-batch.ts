import { setTimeout as sleep } from 'node:timers/promises';
import type { Cast } from './casts.js';
import { countOffsets } from './cluster-roles.js';
import type { Fault } from './faults.js';
import { readWithKafka } from './kafka-tools.js';
import type { Found, Scenario, Verdict } from './scenario.js';
import type { World } from './world.js';

/** One scenario under one fault. */
export interface FaultRun extends Verdict {
  readonly scenario: string;
  readonly fault: string;
}

/**
 * Starts every scenario, lets the fault strike all of them at once, and judges each. Those it did not find at work do not count.
 *
 * @throws Error where Kafka's own consumer cannot tell what was written
 */
export async function runBatch(world: World, fault: Fault, cast: Cast): Promise<FaultRun[]> {
  world.clientEnv = fault.clientEnv?.(world) ?? {};
  try {
    return await strike(world, fault, cast);
  } finally {
    world.clientEnv = {};
  }
}

async function strike(world: World, fault: Fault, cast: Cast): Promise<FaultRun[]> {
  const { scenarios, writer, group } = cast;
  // One after the other, since readers need the topics that writers create.
  for (const scenario of scenarios) await scenario.prepare(world);
  await Promise.all(scenarios.map((scenario) => scenario.start(world)));
  await untilAtWork(scenarios);
  await sleep(world.random.between(0, 1500));
  const struck = scenarios.filter(({ isInFlight }) => isInFlight);
  for (const scenario of scenarios) scenario.onStrike?.();
  const hits = await fault.run(world, { topic: writer.topics[0] ?? '', group: group.group, scenarios });
  // Some work comes after the trouble, too.
  await sleep(1500);
  await Promise.all(scenarios.map(async (scenario) => scenario.finishWriting?.().catch(() => {}))); // told by `judge`
  const found = findRecords(world, scenarios);
  found.catch(() => {}); // told by each that needs it
  const verdicts = await Promise.all(
    scenarios.map((scenario) =>
      scenario.judge(found).catch((error: unknown): Verdict => ({ violations: [String(error)], peakMiB: 0 })),
    ),
  );
  // What Kafka's own consumer could not read, nobody can be blamed for.
  await found;
  const runs: FaultRun[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    const verdict = verdicts[index] ?? { violations: ['nobody judged it'], peakMiB: 0 };
    const counts = hits > 0 && struck.includes(scenario) && isFelt(fault, scenario);
    if (counts || verdict.violations.length > 0) runs.push({ ...verdict, scenario: scenario.name, fault: fault.name });
  }
  return runs;
}

async function findRecords(world: World, scenarios: readonly Scenario[]): Promise<Found> {
  const topics = scenarios.flatMap((scenario) => scenario.topics);
  const prefixes = new Map(scenarios.map(({ valuePrefix, topics: [topic = ''] }) => [valuePrefix, topic]));
  const topicOf = (value: string): string => {
    const [, word = '', separator] = /^([^ .]*)([ .]?)/.exec(value) ?? [];
    return separator === '.' ? (prefixes.get(word) ?? '') : word;
  };
  // The ends of transactions have offsets, too.
  const isCountable = !scenarios.some((scenario) => scenario.isTransactional === true);
  const counts = isCountable ? await Promise.all(topics.map((topic) => countOffsets(world, topic))) : undefined;
  return readWithKafka(world, topics, { topicOf, count: counts?.reduce((total, count) => total + count, 0) });
}

/** Whether a fault can find a scenario at work: a signal is felt only by those that are sent it. */
export function isFelt(fault: Pick<Fault, 'name'>, scenario: Scenario): boolean {
  return !fault.name.startsWith('SIG') || scenario.interrupt !== undefined;
}

async function untilAtWork(scenarios: readonly Scenario[]): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline && !scenarios.every(({ isInFlight }) => isInFlight)) await sleep(50);
}
