import { topicsByKafka } from '../kafka-tools.js';
import { RepeatedCommand } from '../repeated-command.js';
import type { Scenario, Verdict } from '../scenario.js';
import type { World } from '../world.js';

const partitions = 3;

/** `topics create`, another topic each time. */
export class CreateTopicsScenario implements Scenario {
  readonly name = 'topics create';
  readonly topics: readonly string[] = [];
  private world: World | undefined;
  private prefix = '';
  private commands: RepeatedCommand | undefined;

  prepare(world: World): Promise<void> {
    this.world = world;
    this.prefix = `${world.name}-made`;
    return Promise.resolve();
  }

  start(world: World): Promise<void> {
    this.commands = new RepeatedCommand(world, (turn) => this.create(turn));
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
    const topic = `${this.prefix}-${turn}`;
    const made = await topicsByKafka(world, this.prefix);
    const promised = Array.from({ length: outcome.code === 0 ? turn : turn - 1 }, (_, index) => `${this.prefix}-${index + 1}`);
    const wrong = promised.filter((name) => made.get(name) !== partitions);
    if (wrong.length > 0) violations.push(`said to be there, and is not: ${wrong.join(', ')}`);
    if (outcome.code !== 0 && !/^error: /m.test(outcome.stderr)) violations.push(`failed without an error: ${outcome.stderr}`);
    await world.prepare(...this.create(turn), '--if-not-exists');
    if ((await topicsByKafka(world, topic)).get(topic) !== partitions) violations.push(`run again, ${topic} is still not there`);
    return { acknowledged: promised.length, missing: wrong.length, duplicated: 0, reordered: 0, violations, peakMiB: 0 };
  }

  private create(turn: number): readonly string[] {
    const flags = ['--partitions', String(partitions), '--replication-factor', '3'];
    return ['topics', 'create', `${this.prefix}-${turn}`, ...flags];
  }
}
