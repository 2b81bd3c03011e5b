import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describePartition, describeQuorumLeader, groupCoordinator } from './cluster-roles.js';
import type { Scenario } from './scenario.js';
import type { World } from './world.js';

/** Trouble, and its end. */
export interface Fault {
  readonly name: string;
  /** Variables that the programs under test are started with. */
  clientEnv?(world: World): NodeJS.ProcessEnv;
  /** Strikes and heals; resolves to how often it was felt, where the fault can tell. */
  run(world: World, target: Target): Promise<number>;
}

/** What the fault is aimed at. */
export interface Target {
  /** A topic that is being written and read. */
  readonly topic: string;
  readonly group: string;
  readonly scenarios: readonly Scenario[];
}

const longerThanARequestMs = 7000;
const longerThanASessionMs = 15_000;
const anHourMs = 3_600_000;

/** Every fault, by the order of its name in the table. */
export const faults: readonly Fault[] = [
  { name: 'leader killed', run: async (world, { topic }) => killed(world, (await describePartition(world, topic, 0)).leader) },
  { name: 'controller killed', run: async (world) => killed(world, await describeQuorumLeader(world)) },
  { name: 'coordinator killed', run: async (world, { group }) => killed(world, await groupCoordinator(world, group)) },
  {
    name: 'leader paused 7 s',
    run: async (world, { topic }) => paused(world, (await describePartition(world, topic, 0)).leader, longerThanARequestMs),
  },
  {
    name: 'leader paused 15 s',
    run: async (world, { topic }) => paused(world, (await describePartition(world, topic, 0)).leader, longerThanASessionMs),
  },
  { name: 'connections cut', run: (world) => repeated(world, () => world.proxy.cutAll()) },
  { name: 'connections half-closed', run: (world) => repeated(world, () => world.proxy.halfCloseAll()) },
  { name: 'answers delayed', run: (world) => weather(world, 'delay', 4000) },
  { name: 'answers trickling', run: (world) => weather(world, 'trickle', 4000) },
  { name: 'network stalled 7 s', run: (world) => weather(world, 'stall', longerThanARequestMs) },
  { name: 'fetch answers corrupted', run: (world) => weather(world, 'corrupt', 4000) },
  {
    name: 'partitions added',
    run: async (world, { topic }) => {
      await world.prepare('topics', 'alter', topic, '--partitions', '9', '--yes');
      return 1;
    },
  },
  { name: 'clock jumps an hour ahead', clientEnv: clockEnv, run: (world) => clockJump(world, anHourMs) },
  { name: 'clock jumps an hour back', clientEnv: clockEnv, run: (world) => clockJump(world, -anHourMs) },
  { name: 'SIGINT', run: (_world, { scenarios }) => signalled(scenarios, 'SIGINT') },
  { name: 'SIGTERM', run: (_world, { scenarios }) => signalled(scenarios, 'SIGTERM') },
];

async function killed(world: World, id: number): Promise<number> {
  const broker = world.broker(id);
  await broker.kill('SIGKILL');
  await sleep(3000);
  await broker.restart();
  return 1;
}

async function paused(world: World, id: number, milliseconds: number): Promise<number> {
  const broker = world.broker(id);
  await broker.kill('SIGSTOP');
  try {
    await sleep(milliseconds);
  } finally {
    await broker.kill('SIGCONT');
  }
  return 1;
}

async function repeated(world: World, act: () => void): Promise<number> {
  const before = world.proxy.hits;
  for (let turn = 0; turn < 3; turn++) {
    act();
    await sleep(world.random.between(200, 1200));
  }
  return world.proxy.hits - before;
}

async function weather(world: World, kind: 'delay' | 'trickle' | 'stall' | 'corrupt', milliseconds: number): Promise<number> {
  const before = world.proxy.hits;
  world.proxy.weather = kind;
  await sleep(milliseconds);
  world.proxy.weather = 'calm';
  return world.proxy.hits - before;
}

const clockFile = (world: World): string => path.join(world.cluster.dir, 'clock');

function clockEnv(world: World): NodeJS.ProcessEnv {
  writeFileSync(clockFile(world), '0');
  return { NODE_OPTIONS: `--import ${import.meta.resolve('./preload/shifted-clock.mjs')}`, FAULT_CLOCK: clockFile(world) };
}

/** There, and back again: the second jump is one the other way. */
async function clockJump(world: World, milliseconds: number): Promise<number> {
  for (const shift of [milliseconds, 0]) {
    writeFileSync(clockFile(world), String(shift));
    await sleep(4000);
  }
  return 1;
}

function signalled(scenarios: readonly Scenario[], signal: 'SIGINT' | 'SIGTERM'): Promise<number> {
  let told = 0;
  for (const scenario of scenarios) {
    if (scenario.interrupt === undefined) continue;
    scenario.interrupt(signal);
    told++;
  }
  return Promise.resolve(told);
}
