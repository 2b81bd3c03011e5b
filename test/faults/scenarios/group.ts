import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessOutcome } from '../../e2e/fixture/run-process.js';
import type { ClientProcess } from '../client-process.js';
import { committedByKafka } from '../kafka-tools.js';
import { accountForConsumed, skippedByCommits } from '../ledger.js';
import type { Found, Scenario, Verdict } from '../scenario.js';
import { commandTimeoutMs, graceMs, type World } from '../world.js';
import { endMs, printedRecords } from './follow.js';

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
  /** The end of the first member, which leaves in the middle of the trouble. */
  private leaving: Promise<ProcessOutcome> | undefined;

  constructor(source: Scenario, protocol: 'classic' | 'consumer') {
    this.source = source;
    this.name = `consume, ${protocol} group`;
    const classic = ['--assignor', 'cooperative-sticky', '--session-timeout', '8s'];
    this.flags = ['--group-protocol', protocol, ...(protocol === 'classic' ? classic : [])];
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
    return this.source.isInFlight && this.members.some(({ isRunning, running }) => isRunning && running.printedBytes() > 0);
  }

  onStrike(): void {
    const [first] = this.members;
    if (this.world === undefined || first === undefined) return;
    this.third = this.join(this.world);
    this.leaving = sleep(1000).then(() => {
      first.interrupt();
      return first.endWithin(commandTimeoutMs + graceMs);
    });
    this.leaving.catch(() => {}); // told by `judge`
  }

  async judge(found: Promise<Found>): Promise<Verdict> {
    const { world } = this;
    if (world === undefined) throw new Error('the group was never started');
    await this.third;
    const topic = this.source.topics[0] ?? '';
    const records = (await found).get(topic) ?? [];
    await this.waitForAll(records.length);
    const violations: string[] = [];
    violations.push(...(await this.endAll()));
    const outcomes = await Promise.all(this.members.map(({ outcome }) => outcome));
    const printed = outcomes.flatMap(({ stdout }) => printedRecords(stdout));
    const account = accountForConsumed(records, printed);
    if (account.missing > 0) violations.push(`${account.missing} records were never printed`);
    if (account.invented > 0) violations.push(`${account.invented} records were printed that Kafka does not show`);
    violations.push(...skippedByCommits(records, printed, topic, await committedByKafka(world, this.group)));
    const peakMiB = Math.max(...this.members.map((member) => member.peakMiB));
    const exits = outcomes.map(({ code }) => code);
    // At least once is the promise: what is printed again, and the order across members, are counted and allowed.
    return { ...account, reordered: 0, violations, peakMiB, exits };
  }

  /** Ends the members that are left. Resolves to what was wrong with any of them. */
  private async endAll(): Promise<string[]> {
    const violations: string[] = [];
    const [first, ...others] = this.members;
    const left = await (this.leaving ?? first?.outcome);
    if (left?.code !== 130) violations.push(`leaving ended with ${left?.code}: ${left?.stderr.slice(-300)}`);
    for (const member of others) {
      const isOver = !member.isRunning;
      member.interrupt();
      const { code, stderr } = await member.endWithin(endMs);
      if (isOver) violations.push(`a member ended: ${stderr.slice(-300)}`);
      else if (code !== 130) violations.push(`a member ended with ${code} instead of 130`);
      if (!hasOwned(member)) violations.push('a member was never given a partition');
    }
    return violations;
  }

  private async join(world: World): Promise<void> {
    const topic = this.source.topics[0] ?? '';
    const flags = ['--group', this.group, '--from-beginning', '--print', 'partition,offset,value', '--verbose'];
    const member = await world.startKafkit(['console', 'consume', topic, ...flags, ...this.flags], lifetimeMs);
    member.running.stdin.end();
    this.members.push(member);
  }

  /** Until everything was printed, and everybody was given something once. */
  private async waitForAll(count: number): Promise<void> {
    const deadline = performance.now() + catchUpMs;
    const place = ({ partition, offset }: { partition: number; offset: bigint }): string => `${partition} ${offset}`;
    const distinct = (): number => new Set(this.members.flatMap(({ running }) => printedRecords(running.stdout()).map(place))).size;
    const isDone = (): boolean => distinct() >= count && this.members.every((one) => !one.isRunning || hasOwned(one));
    while (performance.now() < deadline && !isDone()) await sleep(300);
  }
}

/** Whether a member says that it was given a partition. */
function hasOwned({ running }: ClientProcess): boolean {
  return / assigned \S+-\d/.test(running.stderr());
}
