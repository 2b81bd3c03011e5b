import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { accountForConsumed, countReordered, type FoundRecord } from '../ledger.js';
import { readWithKafka } from '../kafka-tools.js';
import type { Found, Scenario, Verdict } from '../scenario.js';
import { countOffsets } from '../cluster-roles.js';
import { commandTimeoutMs, type World } from '../world.js';
import { gaveUpOnCorruption } from './follow.js';
import type { ProducedDocument } from './produce.js';

const kafkit = path.resolve(import.meta.dirname, '../../../bin/kafkit.js');
const catchUpMs = 30_000;

/** `console consume -o jsonl | console produce --input jsonl`, from a topic that is being written to another one. */
export class CopyScenario implements Scenario {
  readonly name = 'copy through a pipe';
  readonly topics: readonly string[] = [];
  private readonly source: Scenario;
  private world: World | undefined;
  private copy = '';
  private reader: ChildProcess | undefined;
  private writer: ChildProcess | undefined;
  private report = '';
  private complaints = '';
  private exit: Promise<number | null> | undefined;

  constructor(source: Scenario) {
    this.source = source;
  }

  async prepare(world: World): Promise<void> {
    this.world = world;
    this.copy = `${this.source.topics[0] ?? ''}-copy`;
    await world.createTopic(this.copy, 6);
  }

  start(world: World): Promise<void> {
    const topic = this.source.topics[0] ?? '';
    const env = { PATH: process.env['PATH'], HOME: world.cluster.dir };
    const read = ['console', 'consume', topic, '--from-beginning', '-o', 'jsonl', ...world.connection];
    const reader = spawn(process.execPath, [kafkit, ...read], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const flags = ['--input', 'jsonl', '--use-partitions', '-o', 'json', '--delivery-timeout', `${commandTimeoutMs}ms`];
    const write = ['console', 'produce', this.copy, ...flags, ...world.connection];
    const writer = spawn(process.execPath, [kafkit, ...write], { env, stdio: [reader.stdout, 'pipe', 'pipe'] });
    // Only the writer reads from the pipe.
    reader.stdout.destroy();
    reader.stderr.on('data', (chunk: Buffer) => (this.complaints += String(chunk)));
    writer.stderr.on('data', (chunk: Buffer) => (this.complaints += String(chunk)));
    writer.stdout.on('data', (chunk: Buffer) => (this.report += String(chunk)));
    this.reader = reader;
    this.writer = writer;
    this.exit = new Promise((resolve) => writer.on('close', resolve));
    return Promise.resolve();
  }

  get isInFlight(): boolean {
    return this.source.isInFlight && this.reader?.exitCode === null && this.writer?.exitCode === null;
  }

  async judge(found: Found): Promise<Verdict> {
    const { world } = this;
    if (world === undefined) throw new Error('the copy was never started');
    const records = found.get(this.source.topics[0] ?? '') ?? [];
    const violations: string[] = [];
    const gaveUp = gaveUpOnCorruption({ code: this.reader?.exitCode ?? null, stderr: this.complaints });
    if (this.reader?.exitCode !== null && !gaveUp) violations.push(`the reader ended by itself: ${this.complaints.slice(-300)}`);
    // The reader has no end of its own; it is told to end once it has caught up.
    const deadline = performance.now() + catchUpMs;
    while (!gaveUp && performance.now() < deadline && (await countOffsets(world, this.copy)) < records.length) await sleep(300);
    this.reader?.kill('SIGINT');
    const code = await this.exit;
    const { failed, lines, acknowledged } = JSON.parse(this.report) as ProducedDocument; // pinned by the tests of console produce
    const copied = (await readWithKafka(world, [this.copy], () => this.copy)).get(this.copy) ?? [];
    // A copy has offsets of its own: what counts is that each value is there once, in its partition and order.
    const byValue = (list: readonly FoundRecord[]): FoundRecord[] => list.map((record) => ({ ...record, offset: 0n }));
    const account = { ...accountForConsumed(byValue(records), byValue(copied)), reordered: countReordered(copied) };
    const missing = gaveUp ? 0 : account.missing;
    if (missing > failed) violations.push(`${missing} records were not copied, ${failed} said to have failed`);
    if (account.duplicated > 0) violations.push(`${account.duplicated} records were copied twice`);
    if (account.invented > 0) violations.push(`${account.invented} copied records were never in the topic`);
    if (failed === 0 && code !== 0) violations.push(`exit code ${code} although all ${acknowledged} of ${lines} were acknowledged`);
    if (account.reordered > 0) violations.push(`${account.reordered} copied records are out of order`);
    return { ...account, missing, violations, peakMiB: 0 };
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
