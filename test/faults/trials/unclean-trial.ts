import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientProcess } from '../client-process.js';
import { countOffsets, describePartition } from '../cluster-roles.js';
import { findJumps, type Jump } from '../find-jumps.js';
import { committedByKafka, readWithKafka } from '../kafka-tools.js';
import { accountForProduced, skippedByCommits, type FoundRecord } from '../ledger.js';
import { PacedInput } from '../paced-input.js';
import type { Verdict } from '../scenario.js';
import { endMs, printedRecords } from '../scenarios/follow.js';
import type { ProducedDocument } from '../scenarios/produce.js';
import { commandTimeoutMs, graceMs, type World } from '../world.js';
import { judgeAll, type Trial } from './trial.js';

const fault = 'unclean election';
const writing = 'produce, acks=1';
const reading = 'consume';
const member = 'consume, classic group';
const pace = { perTick: 40, tickMs: 40 };
const lifetimeMs = 240_000;
const catchUpMs = 30_000;

/** A follower that has missed records becomes leader, as the topic allows; what only the old leader had is lost. */
export const uncleanTrial: Trial = { fault, scenarios: [writing, reading, member], run };

async function run(world: World): ReturnType<Trial['run']> {
  const topic = `${world.name}-unclean`;
  const groupId = `${topic}-group`;
  const flags = ['--config', 'min.insync.replicas=1', '--config', 'unclean.leader.election.enable=true'];
  await world.prepare('topics', 'create', topic, '--partitions', '1', '--replication-factor', '2', ...flags);
  const write = ['console', 'produce', topic, '--acks', '1', '--delivery-timeout', `${commandTimeoutMs}ms`, '-o', 'json'];
  const producer = await world.startKafkit(write, lifetimeMs);
  const input = new PacedInput(producer.running.stdin, { name: topic, ...pace });
  const read = ['console', 'consume', topic, '--from-beginning', '--print', 'partition,offset,value'];
  const clients = [await world.startKafkit(read, lifetimeMs), await world.startKafkit([...read, '--group', groupId], lifetimeMs)];
  for (const { running } of clients) running.stdin.end();
  while (clients.some(({ running, isRunning }) => isRunning && running.printedBytes() < 10_000)) await sleep(100);
  await strike(world, topic);
  await sleep(3000);
  input.end();
  const produced = producer.endWithin(commandTimeoutMs + graceMs);
  produced.catch(() => {}); // told by `judgeProducer`
  const found = produced.then(async () => {
    return (await readWithKafka(world, [topic], { count: await countOffsets(world, topic) })).get(topic) ?? [];
  });
  const [reader, ofGroup] = clients;
  return judgeAll(fault, {
    [writing]: judgeProducer(producer, found),
    [reading]: judgeReader(reader, topic, found),
    [member]: judgeReader(ofGroup, topic, found, () => committedByKafka(world, groupId)),
  });
}

/** The follower stops until the controller gives it up; then the leader dies, and the follower comes back alone. */
async function strike(world: World, topic: string): Promise<void> {
  const { leader, replicas } = await describePartition(world, topic, 0);
  const follower = world.broker(replicas.find((id) => id !== leader));
  await follower.kill('SIGSTOP');
  await sleep(9000);
  const old = world.broker(leader);
  await old.kill('SIGKILL');
  await follower.kill('SIGCONT');
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline && (await leaderOrNone(world, topic)) !== follower.id) await sleep(300);
  // Some is written to the new leader, so that its log grows past the place where the logs part.
  await sleep(5000);
  await old.restart();
}

async function leaderOrNone(world: World, topic: string): Promise<number | undefined> {
  return (await describePartition(world, topic, 0).catch(() => undefined))?.leader;
}

async function judgeProducer(client: ClientProcess, found: Promise<readonly FoundRecord[]>): Promise<Verdict> {
  const records = await found;
  const { stdout, stderr, code } = await client.outcome;
  const document = JSON.parse(stdout) as ProducedDocument; // pinned by the tests of console produce
  const doubtful = document.failures.map(({ first, last }) => ({ first: first.line, last: last.line }));
  const account = accountForProduced(document.lines, doubtful, records);
  const violations: string[] = [];
  const isClean = document.failed === 0 && document.problem === null;
  if (document.acknowledged + document.failed !== document.lines) violations.push(`the counts do not add up: ${stdout}`);
  if (code !== (isClean ? 0 : 1)) violations.push(`exit code ${code}: ${stderr.slice(-300)}`);
  // What a leader that is lost has acknowledged alone is lost with it: that is what acks=1 means.
  return { ...account, violations, peakMiB: client.peakMiB, exits: [code] };
}

async function judgeReader(
  client: ClientProcess | undefined,
  topic: string,
  found: Promise<readonly FoundRecord[]>,
  committed?: () => Promise<ReadonlyMap<string, bigint>>,
): Promise<Verdict | undefined> {
  if (client === undefined) return undefined;
  const records = await found;
  const deadline = performance.now() + catchUpMs;
  while (client.isRunning && performance.now() < deadline && countMissing(records, client) > 0) await sleep(300);
  const endedByItself = !client.isRunning;
  client.interrupt();
  const { code, stderr, stdout } = await client.endWithin(endMs);
  const printed = printedRecords(stdout);
  const jumps = findJumps(printed);
  const violations: string[] = [];
  const missing = endedByItself && code === 1 ? 0 : countMissing(records, client);
  if (missing > 0) violations.push(`${missing} records were never printed: ${stderr.slice(-500)}`);
  const untold = jumps.filter((jump) => !isTold(stderr, topic, jump));
  if (untold.length > 0) violations.push(`${untold.length} jumps were not told of: ${describe(untold)}; ${stderr.slice(-500)}`);
  const invented = inventedRecords(records, printed, jumps);
  if (invented > 0)
    violations.push(`${invented} records were printed that only a lost leader held, behind what is known to be lost`);
  if (endedByItself && !/^error: .*lost/m.test(stderr)) violations.push(`it ended by itself: ${stderr.slice(-300)}`);
  if (committed !== undefined) violations.push(...skippedByCommits(records, printed, topic, await committed()));
  const isFelt = jumps.length > 0 || endedByItself;
  const facts = { peakMiB: client.peakMiB, lateMs: client.longestSilenceMs, exits: [code] };
  const account = { acknowledged: records.length, missing, duplicated: 0, reordered: 0 };
  return isFelt || violations.length > 0 ? { ...account, violations, ...facts } : undefined;
}

function countMissing(records: readonly FoundRecord[], client: ClientProcess): number {
  const seen = new Set(printedRecords(client.running.stdout()).map(nameOf));
  return records.filter((record) => !seen.has(nameOf(record))).length;
}

/** Records that the log does not hold, printed although no step back came after them. */
function inventedRecords(records: readonly FoundRecord[], printed: readonly FoundRecord[], jumps: readonly Jump[]): number {
  const there = new Set(records.map(nameOf));
  const lowest = jumps.reduce<bigint | undefined>((low, { to }) => (low === undefined || to < low ? to : low), undefined);
  return printed.filter((record) => !there.has(nameOf(record)) && (lowest === undefined || record.offset < lowest)).length;
}

function nameOf({ partition, offset, value }: FoundRecord): string {
  return `${partition} ${offset} ${value}`;
}

function isTold(stderr: string, topic: string, { partition, from, to }: Jump): boolean {
  const place = `partition ${topic}-${partition}: offset ${from} `;
  return stderr.includes(`${place}was lost in a change of leader; going on at ${to}`);
}

function describe(jumps: readonly Jump[]): string {
  return jumps.map(({ partition, from, to }) => `${partition}: ${from} to ${to}`).join(', ');
}
