import type { ClientProcess } from '../client-process.js';
import { accountForPlaced, type FoundRecord } from '../ledger.js';
import type { Found, Scenario, Verdict } from '../scenario.js';
import { toolEvents, type ToolEvent } from '../tool-events.js';
import { commandTimeoutMs, graceMs, type World } from '../world.js';

const lifetimeMs = 240_000;
const perSecond = 500;

/** `kafka-verifiable-producer`: every success that it tells names a place, and the record must be at that place. */
export class VerifyProduceScenario implements Scenario {
  readonly name = 'kafka-verifiable-producer';
  topics: readonly string[] = [];
  /** The tool writes `PREFIX.N`, and takes a number only. */
  valuePrefix = '';
  private client: ClientProcess | undefined;
  private signal: 'SIGINT' | 'SIGTERM' | undefined;
  private lateMs = 0;
  private startedAt = 0;
  private tookMs = 0;

  async prepare(world: World): Promise<void> {
    this.topics = [`${world.name}-verify`];
    this.valuePrefix = String(world.random.between(1_000_000, 2_000_000_000));
    await world.createTopic(this.topics[0] ?? '', 6);
  }

  async start(world: World): Promise<void> {
    const flags = ['--topic', this.topics[0] ?? '', '--throughput', String(perSecond), '--value-prefix', this.valuePrefix];
    this.client = await world.startTool('kafka-verifiable-producer', flags, lifetimeMs);
    this.client.running.stdin.end();
    this.startedAt = performance.now();
  }

  get isInFlight(): boolean {
    return this.client?.isRunning === true && this.client.running.printedBytes() > 1000;
  }

  onStrike(): void {
    this.client?.watchSilence();
  }

  interrupt(signal: 'SIGINT' | 'SIGTERM'): void {
    this.signal = signal;
    this.client?.interrupt(signal);
  }

  async finishWriting(): Promise<void> {
    this.signal ??= 'SIGTERM';
    this.client?.interrupt(this.signal);
    await this.client?.endWithin(commandTimeoutMs + graceMs);
    this.tookMs = performance.now() - this.startedAt;
    this.lateMs = this.client?.longestSilenceMs ?? 0;
  }

  async judge(found: Promise<Found>): Promise<Verdict> {
    const { client } = this;
    if (client === undefined) throw new Error('the producer was never started');
    const { stdout, stderr, code } = await client.outcome;
    const events = toolEvents(stdout);
    const promised = events.filter(({ name }) => name === 'producer_send_success').map(placeOf);
    const failed = events.filter(({ name }) => name === 'producer_send_error').length;
    const records = (await found).get(this.topics[0] ?? '') ?? [];
    const { moved, ...account } = accountForPlaced(promised, records);
    const violations: string[] = [];
    if (account.missing > 0) violations.push(`${account.missing} acknowledged records are missing`);
    if (moved > 0) violations.push(`${moved} acknowledged records are elsewhere than told`);
    if (account.duplicated > 0) violations.push(`${account.duplicated} records are there more than once`);
    violations.push(...this.judgeSummary(events.at(-1), promised.length, failed));
    const wanted = this.signal === 'SIGINT' ? 130 : 143;
    if (code !== wanted) violations.push(`exit code ${code} instead of ${wanted}: ${stderr.slice(-300)}`);
    return { ...account, violations, peakMiB: client.peakMiB, lateMs: this.lateMs, exits: [code] };
  }

  private *judgeSummary(last: ToolEvent | undefined, successes: number, errors: number): Iterable<string> {
    if (last?.name !== 'tool_data') yield `the last line is no summary: ${JSON.stringify(last)}`;
    else if (last.acked !== successes || last.sent !== successes + errors) {
      yield `${last.sent} sent and ${last.acked} acknowledged, but told of ${successes} successes and ${errors} errors`;
    }
    const most = (perSecond * this.tookMs) / 1000;
    if (successes + errors > most * 1.2) yield `${successes + errors} sent in a time for ${Math.round(most)}`;
  }
}

function placeOf({ partition = -1, offset = -1, value = '' }: ToolEvent): FoundRecord {
  return { partition, offset: BigInt(offset), value };
}
