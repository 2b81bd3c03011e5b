import type { Fault } from './faults.js';
import { readWithKafka } from './kafka-tools.js';
import type { Scenario, Verdict } from './scenario.js';
import { CopyScenario } from './scenarios/copy.js';
import { CreateTopicsScenario } from './scenarios/create-topics.js';
import { DeleteRecordsScenario } from './scenarios/delete-records.js';
import { FollowScenario } from './scenarios/follow.js';
import { GroupScenario } from './scenarios/group.js';
import { ProduceScenario } from './scenarios/produce.js';
import { ResetOffsetsScenario } from './scenarios/reset-offsets.js';
import type { World } from './world.js';

/** One scenario under one fault. */
export interface FaultRun extends Verdict {
  readonly scenario: string;
  readonly fault: string;
}

/** Starts every scenario, lets the fault strike all of them at once, and judges each. Those it did not find at work do not count. */
export async function runBatch(world: World, fault: Fault, { name, cast }: { name: string; cast: Cast }): Promise<FaultRun[]> {
  world.name = name;
  const { scenarios, writer, group } = cast;
  // One after the other, since readers need the topics that writers create.
  for (const scenario of scenarios) await scenario.prepare(world);
  await Promise.all(scenarios.map((scenario) => scenario.start(world)));
  await untilAtWork(scenarios);
  await sleep(world.random.between(0, 1500));
  const struck = scenarios.filter(({ isInFlight }) => isInFlight);
  for (const scenario of scenarios) scenario.onStrike?.();
  const topic = writer.topics[0] ?? '';
  const hits = await fault.run(world, { topic, group: group.group, scenarios });
  // Some work comes after the trouble, too.
  await sleep(1500);
  await Promise.all(scenarios.map(async (scenario) => scenario.finishWriting?.()));
  const found = await readWithKafka(
    world,
    scenarios.flatMap(({ topics }) => topics),
  );
  const verdicts = await Promise.all(
    scenarios.map((scenario) =>
      scenario.judge(found).catch((error: unknown): Verdict => ({ violations: [String(error)], peakMiB: 0 })),
    ),
  );
  const runs: FaultRun[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    const verdict = verdicts[index] ?? { violations: ['nobody judged it'], peakMiB: 0 };
    const counts = hits > 0 && struck.includes(scenario) && isFelt(fault, scenario);
    if (counts || verdict.violations.length > 0) runs.push({ ...verdict, scenario: scenario.name, fault: fault.name });
  }
  return runs;
}

/** A signal is felt only by those that are sent it. */
function isFelt(fault: Fault, scenario: Scenario): boolean {
  return !fault.name.startsWith('SIG') || scenario.interrupt !== undefined;
}

/** The scenarios of one batch; `writer` fills the topic that the readers read. */
export interface Cast {
  readonly scenarios: readonly Scenario[];
  readonly writer: Scenario;
  readonly group: GroupScenario;
}

/** A few scenarios that together take half a minute. */
export function smallCast(): Cast {
  const writer = new ProduceScenario({ name: 'produce, idempotent', flags: [], promised: 'exactly-once' });
  const group = new GroupScenario(writer, 'classic');
  return { scenarios: [writer, new FollowScenario(writer), group, new ResetOffsetsScenario()], writer, group };
}

/** Every scenario. */
export function fullCast(): Cast {
  const writer = new ProduceScenario({ name: 'produce, idempotent', flags: [], promised: 'exactly-once' });
  const group = new GroupScenario(writer, 'classic');
  const scenarios = [
    writer,
    new ProduceScenario({
      name: 'produce, transaction',
      flags: ['--transactional-id', `t-${Date.now()}`],
      promised: 'transaction',
    }),
    new ProduceScenario({ name: 'produce, acks=1', flags: ['--acks', '1'], promised: 'as-far-as-acks' }),
    new ProduceScenario({ name: 'produce, acks=0', flags: ['--acks', '0'], promised: 'as-far-as-acks' }),
    new FollowScenario(writer),
    group,
    new GroupScenario(writer, 'consumer'),
    new CopyScenario(writer),
    new ResetOffsetsScenario(),
    new DeleteRecordsScenario(),
    new CreateTopicsScenario(),
  ];
  return { scenarios, writer, group };
}

async function untilAtWork(scenarios: readonly Scenario[]): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline && !scenarios.every(({ isInFlight }) => isInFlight)) await sleep(50);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
