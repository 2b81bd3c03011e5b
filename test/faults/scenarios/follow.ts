import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientProcess } from '../client-process.js';
import { accountForConsumed, type FoundRecord } from '../ledger.js';
import type { Found, Scenario, Verdict } from '../scenario.js';
import type { World } from '../world.js';

const lifetimeMs = 240_000;
const catchUpMs = 30_000;
/** What a program may take to end that was told to, while nothing troubles it. */
export const endMs = 10_000;

/** What `--print partition,offset,value` printed so far, whole lines only. */
export function printedRecords(text: string): FoundRecord[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [partition = '', offset = '', value = ''] = line.split('\t');
      return { partition: Number(partition), offset: BigInt(offset), value };
    });
}

/** Waits until a program has printed as many lines, or for as long as it is given. */
export async function waitForLines(client: ClientProcess, lines: number): Promise<void> {
  const deadline = performance.now() + catchUpMs;
  while (client.isRunning && performance.now() < deadline && printedRecords(client.running.stdout()).length < lines) {
    await sleep(200);
  }
}

/** `console consume` without a group, reading what another scenario writes, while it is being written. */
export class FollowScenario implements Scenario {
  readonly name = 'consume';
  readonly topics: readonly string[] = [];
  private readonly source: Scenario;
  private client: ClientProcess | undefined;
  private signal: 'SIGINT' | 'SIGTERM' | undefined;

  constructor(source: Scenario) {
    this.source = source;
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  async start(world: World): Promise<void> {
    const flags = ['--from-beginning', '--print', 'partition,offset,value'];
    this.client = await world.startKafkit(['console', 'consume', this.source.topics[0] ?? '', ...flags], lifetimeMs);
    this.client.running.stdin.end();
  }

  get isInFlight(): boolean {
    return this.client?.isRunning === true && this.client.running.stdout() !== '' && this.source.isInFlight;
  }

  interrupt(signal: 'SIGINT' | 'SIGTERM'): void {
    this.signal = signal;
    this.client?.interrupt(signal);
  }

  onStrike(): void {
    this.client?.watchSilence();
  }

  async judge(found: Promise<Found>): Promise<Verdict> {
    const { client } = this;
    if (client === undefined) throw new Error('the consumer was never started');
    const records = (await found).get(this.source.topics[0] ?? '') ?? [];
    await waitForLines(client, records.length);
    const violations: string[] = [];
    const endedByItself = !client.isRunning && this.signal === undefined;
    client.interrupt(this.signal ?? 'SIGINT');
    const outcome = await client.endWithin(endMs);
    const { stdout, code } = outcome;
    if (endedByItself) violations.push(`it ended by itself: ${outcome.stderr.slice(-300)}`);
    const wanted = this.signal === 'SIGTERM' ? 143 : 130;
    if (!endedByItself && code !== wanted) violations.push(`exit code ${code} instead of ${wanted}`);
    const account = accountForConsumed(records, printedRecords(stdout));
    // Who was told to end does not owe what came after.
    const missing = this.signal === undefined ? account.missing : 0;
    if (missing > 0) violations.push(`${missing} records were never printed`);
    if (account.duplicated > 0) violations.push(`${account.duplicated} records were printed twice`);
    if (account.reordered > 0) violations.push(`${account.reordered} records were printed out of order`);
    if (account.invented > 0) violations.push(`${account.invented} records were printed that Kafka does not show`);
    const { peakMiB, longestSilenceMs: lateMs } = client;
    return { ...account, missing, violations, peakMiB, lateMs, exits: [code] };
  }
}
