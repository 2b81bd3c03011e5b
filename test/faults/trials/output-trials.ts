import { fillTopic } from '../fill-topic.js';
import { HeldReader } from '../held-reader.js';
import { committedByKafka } from '../kafka-tools.js';
import type { Verdict } from '../scenario.js';
import { printedRecords } from '../scenarios/follow.js';
import type { World } from '../world.js';
import { judgeAll, type Trial } from './trial.js';

const lines = 40_000;
const lineBytes = 500;
const promptMs = 15_000;
const slowMs = 120_000;
/** What a reader may need, whoever takes its output however slowly. */
const mostMiB = 150;

const plain = 'consume';
const group = 'consume, classic group';

/** What readers do whose output is trouble: full, slow or closed. */
export const outputTrials: readonly Trial[] = [
  trialOf('output full', judgeFull),
  trialOf('output slow', judgeSlow),
  trialOf('output closed', judgeClosed),
];

type Judge = (world: World, topic: string, group: string | undefined) => Promise<Verdict>;

function trialOf(fault: string, judge: Judge): Trial {
  const run = async (world: World): ReturnType<Trial['run']> => {
    const topic = `${world.name}-out`;
    await world.createTopic(topic, 6);
    await fillTopic(world, topic, { lines, bytes: lineBytes });
    return judgeAll(fault, { [plain]: judge(world, topic, undefined), [group]: judge(world, topic, `${topic}-group`) });
  };
  return { fault, scenarios: [plain, group], run };
}

function argsOf(topic: string, groupId: string | undefined): string[] {
  const flags = ['--from-beginning', '--exit-at-end', '--print', 'partition,offset,value'];
  return ['console', 'consume', topic, ...flags, ...(groupId === undefined ? [] : ['--group', groupId])];
}

async function judgeFull(world: World, topic: string, groupId: string | undefined): Promise<Verdict> {
  const reader = new HeldReader(world, argsOf(topic, groupId), 'full');
  const { code, stderr, peakMiB } = await reader.endWithin(promptMs);
  const violations: string[] = [];
  if (code !== 1) violations.push(`exit code ${code} instead of 1`);
  if (!/^error: cannot write to standard output: .*ENOSPC.*\n$/.test(stderr)) violations.push(`it says: ${stderr}`);
  const committed = groupId === undefined ? [] : [...(await committedByKafka(world, groupId)).values()];
  if (committed.some((offset) => offset > 0n)) violations.push(`committed ${committed.join(', ')}, and nothing was printed`);
  return { acknowledged: 0, missing: 0, duplicated: 0, reordered: 0, violations, peakMiB, exits: [code] };
}

async function judgeSlow(world: World, topic: string, groupId: string | undefined): Promise<Verdict> {
  const reader = new HeldReader(world, argsOf(topic, groupId));
  const [outcome] = await Promise.all([reader.endWithin(slowMs), reader.take({ pauseMs: 15 })]);
  const { stderr, code, peakMiB } = outcome;
  const printed = printedRecords(reader.text).map(({ partition, offset }) => `${partition} ${offset}`);
  const missing = lines - new Set(printed).size;
  const duplicated = printed.length - new Set(printed).size;
  const violations: string[] = [];
  if (code !== 0) violations.push(`exit code ${code}: ${stderr}`);
  if (missing > 0) violations.push(`${missing} records were never printed`);
  if (duplicated > 0) violations.push(`${duplicated} records were printed twice`);
  if (peakMiB > mostMiB) violations.push(`it took ${Math.round(peakMiB)} MiB`);
  return { acknowledged: lines, missing, duplicated, reordered: 0, violations, peakMiB, exits: [code] };
}

async function judgeClosed(world: World, topic: string, groupId: string | undefined): Promise<Verdict> {
  const reader = new HeldReader(world, argsOf(topic, groupId));
  await reader.take({ limit: 1000 });
  const closedAt = performance.now();
  reader.close();
  const { code, stderr, peakMiB } = await reader.endWithin(promptMs);
  const violations: string[] = [];
  if (code !== 0) violations.push(`exit code ${code} instead of 0`);
  if (stderr !== '') violations.push(`it says: ${stderr}`);
  const account = { acknowledged: 0, missing: 0, duplicated: 0, reordered: 0 };
  return { ...account, violations, peakMiB, lateMs: performance.now() - closedAt, exits: [code] };
}
