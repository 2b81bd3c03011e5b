import { setTimeout as sleep } from 'node:timers/promises';
import { fillTopic } from '../fill-topic.js';
import { findJumps, type Jump } from '../find-jumps.js';
import { HeldReader } from '../held-reader.js';
import { committedByKafka, readWithKafka } from '../kafka-tools.js';
import { accountForConsumed, skippedByCommits, type FoundRecord } from '../ledger.js';
import type { Verdict } from '../scenario.js';
import { printedRecords } from '../scenarios/follow.js';
import type { World } from '../world.js';
import { judgeAll, type Trial } from './trial.js';

const lines = 60_000;
const lineBytes = 500;
const partitions = 6;
/** Of each partition: more is cut than readers hold in memory. */
const kept = 2000;
const endMs = 60_000;

const plain = 'consume';
const group = 'consume, classic group';
const fault = 'log cut under a reader';

/** The beginning of the log goes while a reader, whose output takes nothing, is far behind. */
export const logStartTrial: Trial = { fault, scenarios: [plain, group], run };

async function run(world: World): ReturnType<Trial['run']> {
  const topic = `${world.name}-start`;
  await world.createTopic(topic, partitions);
  await fillTopic(world, topic, { lines, bytes: lineBytes });
  const flags = ['--from-beginning', '--exit-at-end', '--print', 'partition,offset,value'];
  const groupId = `${topic}-group`;
  const read = ['console', 'consume', topic, ...flags];
  const reader = new HeldReader(world, read);
  const member = new HeldReader(world, [...read, '--group', groupId]);
  // Until both hold as much as they do.
  await sleep(3000);
  await world.prepare('records', 'delete', topic, '--keep-last', String(kept), '--yes');
  const found = readWithKafka(world, [topic], { count: kept * partitions }).then((records) => records.get(topic) ?? []);
  return judgeAll(fault, {
    [plain]: judge(reader, topic, found),
    [group]: judge(member, topic, found, () => committedByKafka(world, groupId)),
  });
}

async function judge(
  reader: HeldReader,
  topic: string,
  found: Promise<readonly FoundRecord[]>,
  committed?: () => Promise<ReadonlyMap<string, bigint>>,
): Promise<Verdict | undefined> {
  const wasAtWork = reader.isRunning;
  const [{ code, stderr, peakMiB }] = await Promise.all([reader.endWithin(endMs), reader.take()]);
  const records = await found;
  const printed = printedRecords(reader.text);
  const kept = new Set(records.map(({ partition, offset }) => `${partition} ${offset}`));
  const account = accountForConsumed(
    records,
    printed.filter(({ partition, offset }) => kept.has(`${partition} ${offset}`)),
  );
  const violations: string[] = [];
  if (code !== 0) violations.push(`exit code ${code}: ${stderr.slice(-300)}`);
  if (account.missing > 0) violations.push(`${account.missing} records were never printed`);
  if (account.duplicated > 0) violations.push(`${account.duplicated} records were printed twice`);
  if (account.invented > 0) violations.push(`${account.invented} records were printed that Kafka does not show`);
  const jumps = findJumps(printed);
  const untold = jumps.filter((jump) => !stderr.includes(wordsOf(topic, jump)));
  if (untold.length > 0) violations.push(`${untold.length} of ${jumps.length} jumps were not told of: ${stderr.slice(0, 500)}`);
  if (committed !== undefined) violations.push(...skippedByCommits(records, printed, topic, await committed()));
  const isFelt = wasAtWork && jumps.length > 0;
  return isFelt || violations.length > 0 ? { ...account, violations, peakMiB, exits: [code] } : undefined;
}

function wordsOf(topic: string, { partition, from, to }: Jump): string {
  return `partition ${topic}-${partition}: offset ${from} is no longer in the log; going on at ${to}`;
}
