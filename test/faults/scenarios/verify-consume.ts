import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientProcess } from '../client-process.js';
import { committedByKafka } from '../kafka-tools.js';
import { accountForRanges, placesOf, type OffsetRange } from '../account-for-ranges.js';
import { skippedByCommits } from '../ledger.js';
import type { Found, Scenario, Verdict } from '../scenario.js';
import { toolEvents, type ToolEvent } from '../tool-events.js';
import type { World } from '../world.js';
import { endMs } from './follow.js';

const lifetimeMs = 240_000;
const catchUpMs = 40_000;

/** `kafka-verifiable-consumer` in a group of its own: its ranges of offsets must leave no hole, its commits must not run ahead. */
export class VerifyConsumeScenario implements Scenario {
  readonly name = 'kafka-verifiable-consumer';
  readonly topics: readonly string[] = [];
  private readonly source: Scenario;
  private world: World | undefined;
  private group = '';
  private client: ClientProcess | undefined;
  /** The signal that was the fault. */
  private signal: 'SIGINT' | 'SIGTERM' | undefined;

  constructor(source: Scenario) {
    this.source = source;
  }

  prepare(world: World): Promise<void> {
    this.world = world;
    this.group = `${world.name}-verify`;
    return Promise.resolve();
  }

  async start(world: World): Promise<void> {
    const flags = ['--topic', this.source.topics[0] ?? '', '--group-id', this.group, '--session-timeout', '8000'];
    this.client = await world.startTool('kafka-verifiable-consumer', flags, lifetimeMs);
    this.client.running.stdin.end();
  }

  get isInFlight(): boolean {
    return this.source.isInFlight && this.client?.isRunning === true && /records_consumed/.test(this.client.running.stdout());
  }

  onStrike(): void {
    this.client?.watchSilence();
  }

  interrupt(signal: 'SIGINT' | 'SIGTERM'): void {
    this.signal = signal;
    this.client?.interrupt(signal);
  }

  async judge(found: Promise<Found>): Promise<Verdict> {
    const { client, world } = this;
    if (client === undefined || world === undefined) throw new Error('the consumer was never started');
    const topic = this.source.topics[0] ?? '';
    const records = (await found).get(topic) ?? [];
    await this.waitFor(client, records.length);
    const isOver = !client.isRunning && this.signal === undefined;
    const { longestSilenceMs: lateMs } = client;
    client.interrupt(this.signal ?? 'SIGTERM');
    const { stdout, stderr, code } = await client.endWithin(endMs);
    const violations: string[] = [];
    const wanted = this.signal === 'SIGINT' ? 130 : 143;
    if (isOver) violations.push(`it ended by itself: ${stderr.slice(-300)}`);
    if (!isOver && code !== wanted) violations.push(`exit code ${code} instead of ${wanted}`);
    const ranges = polledRanges(toolEvents(stdout));
    const account = accountForRanges(ranges, records);
    // Who was told to end does not owe what came after.
    const owed = this.signal === undefined ? account.behind : 0;
    if (account.skipped > 0) violations.push(`${account.skipped} records were passed over`);
    if (owed > 0) violations.push(`${owed} records were never told of`);
    if (account.invented > 0) violations.push(`${account.invented} offsets were told of that Kafka does not show`);
    const committed = await committedByKafka(world, this.group);
    if (!isOver || ranges.length > 0) violations.push(...skippedByCommits(records, ranges.flatMap(placesOf), topic, committed));
    const { acknowledged, skipped, duplicated } = account;
    const facts = { peakMiB: client.peakMiB, lateMs, exits: [code] };
    return { acknowledged, missing: skipped + owed, duplicated, reordered: 0, violations, ...facts };
  }

  private async waitFor(client: ClientProcess, count: number): Promise<void> {
    const deadline = performance.now() + catchUpMs;
    const told = (): number => new Set(polledRanges(toolEvents(client.running.stdout())).flatMap(placesOf).map(nameOf)).size;
    while (client.isRunning && performance.now() < deadline && told() < count) await sleep(300);
  }
}

function polledRanges(events: readonly ToolEvent[]): OffsetRange[] {
  return events
    .filter(({ name }) => name === 'records_consumed')
    .flatMap(({ partitions = [] }) => partitions)
    .map(({ partition, minOffset, maxOffset }) => ({ partition, first: BigInt(minOffset), last: BigInt(maxOffset) }));
}

function nameOf({ partition, offset }: { readonly partition: number; readonly offset: bigint }): string {
  return `${partition} ${offset}`;
}
