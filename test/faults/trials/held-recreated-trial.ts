import { setTimeout as sleep } from 'node:timers/promises';
import { fillTopic } from '../fill-topic.js';
import { HeldReader } from '../held-reader.js';
import { committedByKafka } from '../kafka-tools.js';
import { lineNumber } from '../ledger.js';
import type { Verdict } from '../scenario.js';
import { printedRecords } from '../scenarios/follow.js';
import type { World } from '../world.js';
import { judgeAll, type Trial } from './trial.js';

const lines = 60_000;
const lineBytes = 500;
const partitions = 6;
const endMs = 60_000;

const plain = 'consume';
const group = 'consume, classic group';
const fault = 'topic recreated behind a held reader';

/**
 * A reader, whose output takes nothing, does not ask while its topic is replaced by one of the same name that has records at the
 * same offsets.
 */
export const heldRecreatedTrial: Trial = { fault, scenarios: [plain, group], run };

async function run(world: World): ReturnType<Trial['run']> {
  const topic = `${world.name}-held`;
  await world.createTopic(topic, partitions);
  await fillTopic(world, topic, { lines, bytes: lineBytes });
  const read = ['console', 'consume', topic, '--from-beginning', '--exit-at-end', '--print', 'partition,offset,value'];
  const groupId = `${topic}-group`;
  const reader = new HeldReader(world, read);
  const member = new HeldReader(world, [...read, '--group', groupId]);
  // Until both hold as much as they do.
  await sleep(3000);
  await world.prepare('topics', 'delete', topic, '--yes');
  await world.createTopic(topic, partitions);
  await fillTopic(world, topic, { lines, bytes: lineBytes, first: lines + 1 });
  return judgeAll(fault, {
    [plain]: judge(reader, topic),
    [group]: judge(member, topic, () => committedByKafka(world, groupId)),
  });
}

/** Once it reads the new topic, it says so, and leaves out nothing of what it reads. */
async function judge(
  reader: HeldReader,
  topic: string,
  committed?: () => Promise<ReadonlyMap<string, bigint>>,
): Promise<Verdict | undefined> {
  const wasAtWork = reader.isRunning;
  const [{ code, stderr, peakMiB }] = await Promise.all([reader.endWithin(endMs), reader.take()]);
  const printed = printedRecords(reader.text);
  const ofNew = printed.filter(({ value }) => lineNumber(value) > lines);
  const old = printed.length - ofNew.length;
  const violations: string[] = [];
  if (ofNew.length > 0 && stderr === '') violations.push(`read ${ofNew.length} records of the new topic without a word`);
  const begin = new Map<number, bigint>();
  for (const { partition, offset } of ofNew) if (!begin.has(partition)) begin.set(partition, offset);
  const late = [...begin].filter(([, offset]) => offset > 0n);
  if (late.length > 0) violations.push(`read the new topic from the middle on: ${late.join(' ')}; ${stderr.slice(-500)}`);
  if (code !== 0 && !new RegExp(`^error: .*${topic}`, 'm').test(stderr))
    violations.push(`exit code ${code}: ${stderr.slice(-300)}`);
  if (code === 0 && ofNew.length < lines && committed === undefined) violations.push(`ended well after ${ofNew.length} records`);
  for (const [name, offset] of (await committed?.()) ?? []) {
    const partition = Number(name.slice(name.lastIndexOf('-') + 1));
    const isSkipped = ofNew.filter((record) => record.partition === partition).length < Number(offset);
    if (isSkipped) violations.push(`committed offset ${offset} of ${name}, and printed less of it`);
  }
  const account = { acknowledged: printed.length, missing: 0, duplicated: 0, reordered: 0 };
  return wasAtWork && old > 0 ? { ...account, violations, peakMiB, exits: [code] } : undefined;
}
