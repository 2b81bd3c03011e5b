import type { ClientProcess } from '../client-process.js';
import { committedByKafka } from '../kafka-tools.js';
import { accountForConsumed, type FoundRecord } from '../ledger.js';
import type { Found, Scenario, Verdict } from '../scenario.js';
import type { World } from '../world.js';
import { gaveUpOnCorruption, printedRecords } from './follow.js';

const lifetimeMs = 240_000;
const catchUpMs = 40_000;

/** Three members of one group: one from the start, one soon after, one that joins as the fault strikes, when the first one leaves. */
export class GroupScenario implements Scenario {
  readonly name: string;
  readonly topics: readonly string[] = [];
  group = '';
  private readonly source: Scenario;
  private readonly flags: readonly string[];
  private readonly members: ClientProcess[] = [];
  private world: World | undefined;
  private third: Promise<void> | undefined;

  constructor(source: Scenario, protocol: 'classic' | 'consumer') {
    this.source = source;
    this.name = `consume, ${protocol} group`;
    this.flags = [
      '--group-protocol',
      protocol,
      ...(protocol === 'classic' ? ['--assignor', 'cooperative-sticky', '--session-timeout', '8s'] : []),
    ];
  }

  prepare(world: World): Promise<void> {
    this.world = world;
    this.group = `${world.name}-${this.name.replaceAll(/[^a-z]+/g, '-')}`;
    return Promise.resolve();
  }

  async start(world: World): Promise<void> {
    await this.join(world);
    await this.join(world);
  }

  get isInFlight(): boolean {
    return this.source.isInFlight && this.members.some(({ isRunning, running }) => isRunning && running.stdout() !== '');
  }

  onStrike(): void {
    if (this.world === undefined) return;
    this.third = this.join(this.world);
    setTimeout(() => this.members[0]?.interrupt(), 1000).unref();
  }

  async judge(found: Found): Promise<Verdict> {
    const { world } = this;
    if (world === undefined) throw new Error('the group was never started');
    await this.third;
    const topic = this.source.topics[0] ?? '';
    const records = found.get(topic) ?? [];
    await this.waitForAll(records.length);
    const violations: string[] = [];
    let gaveUp = 0;
    for (const [index, member] of this.members.entries()) {
      if (member.isRunning) member.interrupt();
      else if (index > 0) {
        const outcome = await member.outcome;
        if (gaveUpOnCorruption(outcome)) gaveUp++;
        else violations.push(`a member ended: ${outcome.stderr.slice(-300)}`);
      }
    }
    const outcomes = await Promise.all(this.members.map(({ outcome }) => outcome));
    const printed = outcomes.flatMap(({ stdout }) => printedRecords(stdout));
    const account = accountForConsumed(records, printed);
    // Without a member left, what comes after is nobody's.
    const missing = gaveUp === this.members.length - 1 ? 0 : account.missing;
    if (missing > 0) violations.push(`${missing} records were never printed`);
    if (account.invented > 0) violations.push(`${account.invented} records were printed that Kafka does not show`);
    violations.push(...skippedByCommits(records, printed, topic, await committedByKafka(world, this.group)));
    const peakMiB = Math.max(...this.members.map((member) => member.peakMiB));
    // At least once is the promise: what is printed again, and the order across members, are counted and allowed.
    return { ...account, missing, reordered: 0, violations, peakMiB };
  }

  private async join(world: World): Promise<void> {
    const topic = this.source.topics[0] ?? '';
    const flags = ['--group', this.group, '--from-beginning', '--print', 'partition,offset,value'];
    const member = await world.startKafkit(['console', 'consume', topic, ...flags, ...this.flags], lifetimeMs);
    member.running.stdin.end();
    this.members.push(member);
  }

  private async waitForAll(count: number): Promise<void> {
    const deadline = performance.now() + catchUpMs;
    const distinct = (): number =>
      new Set(
        this.members.flatMap(({ running }) =>
          printedRecords(running.stdout()).map(({ partition, offset }) => `${partition} ${offset}`),
        ),
      ).size;
    while (performance.now() < deadline && distinct() < count) await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Records below a committed offset that nobody printed: the next member would pass over them. */
function* skippedByCommits(
  records: readonly FoundRecord[],
  printed: readonly FoundRecord[],
  topic: string,
  committed: ReadonlyMap<string, bigint>,
): Iterable<string> {
  const seen = new Set(printed.map(({ partition, offset }) => `${partition} ${offset}`));
  if (records.length > 0 && committed.size === 0) yield 'nothing is committed';
  const skipped = records.filter(
    ({ partition, offset }) => offset < (committed.get(`${topic}-${partition}`) ?? 0n) && !seen.has(`${partition} ${offset}`),
  );
  if (skipped.length > 0) yield `${skipped.length} records below the committed offsets were never printed`;
}
