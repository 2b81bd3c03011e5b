import type { ClientProcess } from '../client-process.js';
import { accountForProduced, type LineRange } from '../ledger.js';
import { PacedInput } from '../paced-input.js';
import type { Found, Scenario, Verdict } from '../scenario.js';
import { commandTimeoutMs, graceMs, type World } from '../world.js';

/** How records are promised: exactly once and in order, all or none, or only as far as `acks` goes. */
export type Promised = 'exactly-once' | 'transaction' | 'as-far-as-acks';

export interface ProduceOptions {
  readonly name: string;
  readonly flags: readonly string[];
  readonly promised: Promised;
  readonly partitions?: number;
}

/** The JSON document of `console produce`. */
export interface ProducedDocument {
  readonly lines: number;
  readonly acknowledged: number;
  readonly sentWithoutAcknowledgement: number;
  readonly failed: number;
  readonly failures: readonly { readonly first: { readonly line: number }; readonly last: { readonly line: number } }[];
  readonly failuresNotListed: number;
  readonly transaction: 'committed' | 'aborted' | null;
  readonly problem: string | null;
}

const pace = { perTick: 80, tickMs: 80 };
const lifetimeMs = 240_000;
const signalExit: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 };

/** `console produce`, with lines coming at a steady rate. */
export class ProduceScenario implements Scenario {
  readonly name: string;
  topics: readonly string[] = [];
  private readonly options: ProduceOptions;
  private client: ClientProcess | undefined;
  private input: PacedInput | undefined;
  private signal: string | undefined;
  private lateMs = 0;

  get isTransactional(): boolean {
    return this.options.promised === 'transaction';
  }

  constructor(options: ProduceOptions) {
    this.options = options;
    this.name = options.name;
  }

  async prepare(world: World): Promise<void> {
    const topic = `${world.name}-${this.name.replaceAll(/[^a-z0-9]+/g, '-')}`;
    this.topics = [topic];
    await world.createTopic(topic, this.options.partitions ?? 6);
  }

  async start(world: World): Promise<void> {
    const topic = this.topics[0] ?? '';
    const flags = ['--delivery-timeout', `${commandTimeoutMs}ms`, '-o', 'json', ...this.options.flags];
    this.client = await world.startKafkit(['console', 'produce', topic, ...flags], lifetimeMs);
    this.input = new PacedInput(this.client.running.stdin, { name: topic, ...pace });
  }

  get isInFlight(): boolean {
    return this.client?.isRunning === true && (this.input?.written ?? 0) > 0;
  }

  interrupt(signal: 'SIGINT' | 'SIGTERM'): void {
    this.signal = signal;
    this.client?.interrupt(signal);
  }

  async finishWriting(): Promise<void> {
    this.input?.end();
    const ended = performance.now();
    await this.client?.endWithin(commandTimeoutMs + graceMs);
    this.lateMs = performance.now() - ended;
  }

  async judge(found: Promise<Found>): Promise<Verdict> {
    const { client } = this;
    if (client === undefined) throw new Error('the producer was never started');
    const outcome = await client.outcome;
    const document = JSON.parse(outcome.stdout) as ProducedDocument; // pinned by the tests of console produce
    const records = (await found).get(this.topics[0] ?? '') ?? [];
    const facts = { peakMiB: client.peakMiB, lateMs: this.lateMs, exits: [outcome.code] };
    const violations = [...this.judgeReport(document, outcome.code)];
    if (this.options.promised === 'transaction' && document.transaction !== 'committed') {
      if (records.length > 0) violations.push(`${records.length} records of an aborted transaction can be read`);
      return { acknowledged: 0, missing: 0, duplicated: 0, reordered: 0, violations, ...facts };
    }
    const doubtful: LineRange[] = document.failures.map(({ first, last }) => ({ first: first.line, last: last.line }));
    const account = accountForProduced(document.lines, doubtful, records);
    const missing = Math.max(0, account.missing - document.failuresNotListed);
    if (this.options.promised !== 'as-far-as-acks') {
      if (missing > 0) violations.push(`${missing} acknowledged records are missing`);
      if (account.duplicated > 0) violations.push(`${account.duplicated} records are there more than once`);
      if (account.reordered > 0) violations.push(`${account.reordered} records are out of order`);
    }
    // With acks 0 nothing is acknowledged, so nothing that was can be missing.
    const isUnacknowledged = document.sentWithoutAcknowledgement > 0;
    const promised = isUnacknowledged ? { acknowledged: 0, missing: 0 } : { missing };
    return { ...account, ...promised, violations, ...facts };
  }

  private *judgeReport(document: ProducedDocument, code: number | null): Iterable<string> {
    const { lines, acknowledged, sentWithoutAcknowledgement, failed, transaction } = document;
    const booked = acknowledged + sentWithoutAcknowledgement + failed;
    if (transaction !== 'aborted' && booked !== lines) yield `${lines} lines were read, but ${booked} are accounted for`;
    const given = this.input?.written ?? 0;
    if (this.signal === undefined && lines !== given && failed === 0 && transaction !== 'aborted') {
      yield `${lines} of ${given} lines were read, and nothing is said to have failed`;
    }
    const isClean = failed === 0 && document.problem === null;
    const wanted = this.signal === undefined ? (isClean ? 0 : 1) : signalExit[this.signal];
    if (code !== wanted) yield `exit code ${code} instead of ${wanted}: ${document.problem ?? 'no problem told'}`;
  }
}
