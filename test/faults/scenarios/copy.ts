import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { binFolder } from '../client-process.js';
import { countOffsets } from '../cluster-roles.js';
import { readWithKafka } from '../kafka-tools.js';
import { accountForConsumed, countReordered, type FoundRecord } from '../ledger.js';
import { PeakMemory } from '../peak-memory.js';
import type { Found, Scenario, Verdict } from '../scenario.js';
import { commandTimeoutMs, graceMs, type World } from '../world.js';
import type { ProducedDocument } from './produce.js';

const kafkit = path.join(binFolder, 'kafkit.js');
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
  private readonly memory: PeakMemory[] = [];
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
    const env = { PATH: process.env['PATH'], HOME: world.cluster.dir, ...world.clientEnv };
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
    for (const { pid = -1 } of [reader, writer]) this.memory.push(new PeakMemory(pid));
    this.reader = reader;
    this.writer = writer;
    this.exit = new Promise((resolve) => writer.on('close', resolve));
    return Promise.resolve();
  }

  get isInFlight(): boolean {
    return this.source.isInFlight && this.reader?.exitCode === null && this.writer?.exitCode === null;
  }

  async judge(found: Promise<Found>): Promise<Verdict> {
    const records = (await found).get(this.source.topics[0] ?? '') ?? [];
    const violations: string[] = [];
    if (this.reader?.exitCode !== null) violations.push(`the reader ended by itself: ${this.complaints.slice(-300)}`);
    const code = await this.end(records.length);
    const { failed, lines, acknowledged } = JSON.parse(this.report) as ProducedDocument; // pinned by the tests of console produce
    const account = await this.account(records);
    if (account.missing > failed) violations.push(`${account.missing} records were not copied, ${failed} said to have failed`);
    if (account.duplicated > 0) violations.push(`${account.duplicated} records were copied twice`);
    if (account.invented > 0) violations.push(`${account.invented} copied records were never in the topic`);
    if (failed === 0 && code !== 0) violations.push(`exit code ${code} although all ${acknowledged} of ${lines} were acknowledged`);
    if (account.reordered > 0) violations.push(`${account.reordered} copied records are out of order`);
    const peakMiB = Math.max(...this.memory.map(({ mib }) => mib));
    return { ...account, violations, peakMiB, exits: [this.reader?.exitCode ?? null, code] };
  }

  /** The reader has no end of its own; it is told to end once it has caught up, and the writer ends with it. */
  private async end(records: number): Promise<number | null> {
    const deadline = performance.now() + catchUpMs;
    while (performance.now() < deadline && (await this.countCopied()) < records) await sleep(300);
    this.reader?.kill('SIGINT');
    const late = setTimeout(() => this.writer?.kill('SIGKILL'), commandTimeoutMs + graceMs);
    const code = await this.exit;
    clearTimeout(late);
    for (const memory of this.memory) memory.stop();
    if (code === null || code === undefined) throw new Error(`the writer did not end by itself: ${this.complaints.slice(-300)}`);
    return code;
  }

  private countCopied(): Promise<number> {
    return this.world === undefined ? Promise.resolve(0) : countOffsets(this.world, this.copy);
  }

  /** A copy has offsets of its own: what counts is that each value is there once, in its partition and order. */
  private async account(records: readonly FoundRecord[]): Promise<ReturnType<typeof accountForConsumed>> {
    if (this.world === undefined) throw new Error('the copy was never started');
    const options = { topicOf: () => this.copy, count: await countOffsets(this.world, this.copy) };
    const copied = (await readWithKafka(this.world, [this.copy], options)).get(this.copy) ?? [];
    const byValue = (list: readonly FoundRecord[]): FoundRecord[] => list.map((record) => ({ ...record, offset: 0n }));
    return { ...accountForConsumed(byValue(records), byValue(copied)), reordered: countReordered(copied) };
  }
}
