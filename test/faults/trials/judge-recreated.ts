import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientProcess } from '../client-process.js';
import { countReordered, lineNumber, skippedByCommits, type FoundRecord } from '../ledger.js';
import type { PacedInput } from '../paced-input.js';
import type { Verdict } from '../scenario.js';
import { endMs, printedRecords } from '../scenarios/follow.js';
import type { ProducedDocument } from '../scenarios/produce.js';

const catchUpMs = 20_000;

/** When the one topic of a name ended and the next began, by the lines that had been written then. */
export interface Lives {
  readonly topic: string;
  /** Lines up to this one were written before the deletion. */
  readonly before: number;
  /** Lines behind this one were written when the new topic was there. */
  readonly after: number;
}

/**
 * A producer may go on with the new topic, as Kafka's does. Lines given to it once that topic was there must be in it, unless it
 * says that they failed; earlier ones may have gone with the old topic; none may be there twice or out of order.
 */
export async function judgeAnewProduced(
  client: ClientProcess,
  input: PacedInput,
  { after }: Lives,
  read: () => Promise<readonly FoundRecord[]>,
): Promise<Verdict> {
  const startedAt = performance.now();
  const { stdout, stderr, code } = await client.endWithin(25_000);
  const lateMs = performance.now() - startedAt;
  const document = JSON.parse(stdout) as ProducedDocument; // pinned by the tests of console produce
  const found = await read();
  const lines = found.map(({ value }) => lineNumber(value));
  const there = new Set(lines);
  const isDoubtful = (line: number): boolean =>
    document.failures.some(({ first, last }) => line >= first.line && line <= last.line);
  const owed = Array.from({ length: Math.max(0, document.lines - after) }, (_, index) => after + 1 + index);
  const promised = owed.filter((line) => !isDoubtful(line));
  const missing = Math.max(0, promised.filter((line) => !there.has(line)).length - document.failuresNotListed);
  const duplicated = lines.length - there.size;
  const reordered = countReordered(found);
  const violations: string[] = [];
  if (missing > 0) violations.push(`${missing} records acknowledged by the new topic are missing`);
  if (duplicated > 0) violations.push(`${duplicated} records are there more than once`);
  if (reordered > 0) violations.push(`${reordered} records are out of order`);
  if (document.acknowledged + document.failed !== document.lines) violations.push(`the counts do not add up: ${stdout}`);
  const isClean = document.failed === 0 && document.problem === null;
  if (isClean && document.lines !== input.written)
    violations.push(`read ${document.lines} of ${input.written} lines, and no failure`);
  if (code !== (isClean ? 0 : 1)) violations.push(`exit code ${code}: ${stderr.slice(-300)}`);
  const facts = { peakMiB: client.peakMiB, lateMs, exits: [code] };
  return { acknowledged: promised.length, missing, duplicated, reordered, violations, ...facts };
}

const told = /was deleted|created again|created anew|is no longer in the log/;

/**
 * A reader may end, or go on with the new topic from its beginning; either way it says so, and what it prints of the new topic is
 * whole, and once in a reader without a group.
 */
export async function judgeAnewRead(
  client: ClientProcess,
  found: readonly FoundRecord[],
  { topic, before }: Lives,
  committed?: () => Promise<ReadonlyMap<string, bigint>>,
): Promise<Verdict> {
  const isNew = newRecords(found);
  const printedNew = (): FoundRecord[] => printedRecords(client.running.stdout()).filter(isNew);
  const deadline = performance.now() + catchUpMs;
  while (client.isRunning && performance.now() < deadline && new Set(printedNew().map(lineOf)).size < found.length)
    await sleep(300);
  const endedByItself = !client.isRunning;
  client.interrupt();
  const { code, stderr } = await client.endWithin(endMs);
  const printed = printedRecords(client.running.stdout());
  const ofNew = printed.filter(isNew);
  const violations: string[] = [];
  const missing = endedByItself && committed === undefined ? 0 : found.length - new Set(ofNew.map(lineOf)).size;
  const duplicated = printed.length - new Set(printed.map(lineOf)).size;
  if (!told.test(stderr)) violations.push(`it read on without a word: ${ofNew.length} records of the new topic, ${stderr}`);
  if (missing > 0) violations.push(`${missing} records of the new topic were never printed: ${stderr.slice(-300)}`);
  if (duplicated > 0 && committed === undefined) violations.push(`${duplicated} records were printed twice`);
  const strange = printed.filter(
    (record) => !record.value.startsWith(`${topic} `) || (!isNew(record) && lineOf(record) > before + 1000),
  );
  if (strange.length > 0) violations.push(`${strange.length} records were printed that no topic held`);
  if (endedByItself && !new RegExp(`^error: .*${topic}`, 'm').test(stderr) && code !== 0)
    violations.push(`it ended with ${code}: ${stderr}`);
  if (committed !== undefined) violations.push(...skippedByCommits(found, printed, topic, await committed()));
  const facts = { peakMiB: client.peakMiB, lateMs: client.longestSilenceMs, exits: [code] };
  return { acknowledged: found.length, missing, duplicated, reordered: 0, violations, ...facts };
}

const lineOf = ({ value }: FoundRecord): number => lineNumber(value);

function newRecords(found: readonly FoundRecord[]): (record: FoundRecord) => boolean {
  const name = ({ partition, offset, value }: FoundRecord): string => `${partition} ${offset} ${value}`;
  const there = new Set(found.map(name));
  return (record) => there.has(name(record));
}

/** Whose topic is gone for good ends in its time, and names it. */
export async function judgeGone(
  client: ClientProcess,
  topic: string,
  { code: wanted, withinMs }: { readonly code: number; readonly withinMs: number },
): Promise<Verdict> {
  const startedAt = performance.now();
  const { code, stderr } = await client.endWithin(withinMs);
  const violations: string[] = [];
  if (code !== wanted) violations.push(`exit code ${code} instead of ${wanted}: ${stderr.slice(-300)}`);
  if (!stderr.includes(topic)) violations.push(`it does not name the topic: ${stderr.slice(-300)}`);
  const lateMs = performance.now() - startedAt;
  return { acknowledged: 0, missing: 0, duplicated: 0, reordered: 0, violations, peakMiB: client.peakMiB, lateMs, exits: [code] };
}
