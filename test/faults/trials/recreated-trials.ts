import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientProcess } from '../client-process.js';
import { countOffsets } from '../cluster-roles.js';
import { committedByKafka, readWithKafka } from '../kafka-tools.js';
import type { FoundRecord } from '../ledger.js';
import { PacedInput } from '../paced-input.js';
import { graceMs, type World } from '../world.js';
import { judgeAnewProduced, judgeAnewRead, judgeGone, type Lives } from './judge-recreated.js';
import { judgeAll, type Trial } from './trial.js';

const pace = { perTick: 40, tickMs: 40 };
const lifetimeMs = 180_000;
const producer = 'produce, idempotent';
const reader = 'consume';
const member = 'consume, classic group';
/** Each record has so long; the last one is read when the first is given up. */
const deliveryMs = 10_000;
/** What a member is given to see that nothing comes any more. */
const patienceMs = 10_000;
/** A reader takes a topic for gone after so long; brokers hear of it one after the other. */
const unknownMs = 10_000;

/** A topic is deleted while it is written and read: for good, or another one of its name is created. */
export const recreatedTrials: readonly Trial[] = [
  { fault: 'topic recreated', scenarios: [producer, reader, member], run: runRecreated },
  { fault: 'topic deleted', scenarios: [producer, reader, member], run: runDeleted },
];

interface Players {
  readonly producer: ClientProcess;
  readonly reader: ClientProcess;
  readonly member: ClientProcess;
  readonly input: PacedInput;
  readonly groupId: string;
}

async function startAll(world: World, topic: string): Promise<Players> {
  await world.createTopic(topic, 6);
  const write = ['console', 'produce', topic, '--delivery-timeout', `${deliveryMs}ms`, '-o', 'json'];
  const producer = await world.startKafkit(write, lifetimeMs);
  const input = new PacedInput(producer.running.stdin, { name: topic, ...pace });
  const groupId = `${topic}-group`;
  const read = ['console', 'consume', topic, '--from-beginning', '--print', 'partition,offset,value'];
  const reader = await world.startKafkit(read, lifetimeMs);
  const member = await world.startKafkit([...read, '--group', groupId, '--idle-timeout', `${patienceMs}ms`], lifetimeMs);
  for (const { running } of [reader, member]) running.stdin.end();
  const deadline = performance.now() + 30_000;
  const areAtWork = (): boolean => [reader, member].every(({ running }) => running.printedBytes() > 10_000);
  while (!areAtWork() && performance.now() < deadline) await sleep(100);
  return { producer, reader, member, input, groupId };
}

async function runRecreated(world: World): ReturnType<Trial['run']> {
  const topic = `${world.name}-anew`;
  const players = await startAll(world, topic);
  const { input } = players;
  const before = input.written;
  await world.prepare('topics', 'delete', topic, '--yes');
  await sleep(world.random.between(0, 1500));
  await world.createTopic(topic, 6);
  const lives: Lives = { topic, before, after: input.written };
  await sleep(6000);
  input.end();
  const document = judgeAnewProduced(players.producer, input, lives, () => recordsOf(world, topic));
  const ended = document.catch(() => undefined);
  const found = ended.then(() => recordsOf(world, topic));
  return judgeAll('topic recreated', {
    [producer]: document,
    [reader]: found.then((records) => judgeAnewRead(players.reader, records, lives)),
    [member]: found.then((records) =>
      judgeAnewRead(players.member, records, lives, () => committedByKafka(world, players.groupId)),
    ),
  });
}

async function recordsOf(world: World, topic: string): Promise<readonly FoundRecord[]> {
  return (await readWithKafka(world, [topic], { count: await countOffsets(world, topic) })).get(topic) ?? [];
}

async function runDeleted(world: World): ReturnType<Trial['run']> {
  const topic = `${world.name}-gone`;
  const players = await startAll(world, topic);
  await world.prepare('topics', 'delete', topic, '--yes');
  setTimeout(() => players.input.end(), 30_000).unref();
  return judgeAll('topic deleted', {
    [producer]: judgeGone(players.producer, topic, { code: 1, withinMs: 2 * deliveryMs + graceMs }),
    [reader]: judgeGone(players.reader, topic, { code: 1, withinMs: unknownMs + graceMs }),
    [member]: judgeGone(players.member, topic, { code: 0, withinMs: patienceMs + graceMs }),
  });
}
