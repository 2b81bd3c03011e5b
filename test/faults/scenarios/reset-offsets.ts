import { committedByKafka } from '../kafka-tools.js';
import { RepeatedCommand } from '../repeated-command.js';
import type { Scenario, Verdict } from '../scenario.js';
import type { World } from '../world.js';

const partitions = 12;
const recordsEach = 400;

/** The JSON document of `groups reset-offsets`. */
interface ResetDocument {
  readonly groups: readonly { readonly partitions: readonly { readonly partition: number; readonly status: string }[] }[];
}

/** `groups reset-offsets`, to another offset each time. */
export class ResetOffsetsScenario implements Scenario {
  readonly name = 'groups reset-offsets';
  readonly topics: readonly string[] = [];
  private world: World | undefined;
  private topic = '';
  private commands: RepeatedCommand | undefined;

  async prepare(world: World): Promise<void> {
    this.world = world;
    this.topic = `${world.name}-reset`;
    await world.createTopic(this.topic, partitions);
    await fill(world, this.topic, partitions * recordsEach);
  }

  start(world: World): Promise<void> {
    this.commands = new RepeatedCommand(world, (turn) => this.reset(turn));
    return Promise.resolve();
  }

  get isInFlight(): boolean {
    return this.commands?.isInFlight === true;
  }

  onStrike(): void {
    this.commands?.strike();
  }

  async judge(): Promise<Verdict> {
    const { commands, world } = this;
    if (commands === undefined || world === undefined) throw new Error('nothing was started');
    const { turn, outcome } = await commands.struck;
    const violations = commands.calmFailure === undefined ? [] : [`failed before the fault: ${commands.calmFailure}`];
    const wanted = BigInt(turn);
    const before = await committedByKafka(world, `${this.topic}-group`);
    const written = outcome.code === 0 ? allPartitions() : writtenPartitions(outcome.stdout);
    const wrong = written.filter((partition) => before.get(`${this.topic}-${partition}`) !== wanted);
    if (wrong.length > 0) violations.push(`said to be at ${wanted}, and is not: partitions ${wrong.join(', ')}`);
    if (outcome.code !== 0 && !/^error: /m.test(outcome.stderr)) violations.push(`failed without an error: ${outcome.stderr}`);
    await world.prepare(...this.reset(turn));
    const after = await committedByKafka(world, `${this.topic}-group`);
    const left = allPartitions().filter((partition) => after.get(`${this.topic}-${partition}`) !== wanted);
    if (left.length > 0) violations.push(`run again, it still leaves partitions ${left.join(', ')} elsewhere`);
    return { acknowledged: written.length, missing: wrong.length, duplicated: 0, reordered: 0, violations, peakMiB: 0 };
  }

  private reset(turn: number): readonly string[] {
    const scope = ['--topic', this.topic, '--to-offset', String(turn), '--yes'];
    return ['groups', 'reset-offsets', `${this.topic}-group`, ...scope];
  }
}

/** Writes numbered lines, evenly over the partitions. */
export async function fill(world: World, topic: string, lines: number): Promise<void> {
  const client = await world.startKafkit(['console', 'produce', topic, '--partitioner', 'round-robin', '--quiet'], 60_000);
  client.running.stdin.end(Array.from({ length: lines }, (_, index) => `${topic} ${index + 1}\n`).join(''));
  const outcome = await client.outcome;
  if (outcome.code !== 0) throw new Error(`cannot fill ${topic}: ${outcome.stderr}`);
}

function allPartitions(): number[] {
  return Array.from({ length: partitions }, (_, partition) => partition);
}

function writtenPartitions(stdout: string): number[] {
  if (stdout === '') return [];
  const { groups } = JSON.parse(stdout) as ResetDocument; // pinned by the tests of groups reset-offsets
  return groups.flatMap((group) => group.partitions.filter(({ status }) => status === 'written').map(({ partition }) => partition));
}
