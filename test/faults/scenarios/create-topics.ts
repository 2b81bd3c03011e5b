import { topicsByKafka } from '../kafka-tools.js';
import type { StruckRun } from '../repeated-command.js';
import { RepeatedScenario, type CheckedRun } from '../repeated-scenario.js';
import type { World } from '../world.js';

const partitions = 3;

/** `topics create`, another topic each time. */
export class CreateTopicsScenario extends RepeatedScenario {
  readonly name = 'topics create';
  private prefix = '';

  protected setUp(world: World): Promise<void> {
    this.prefix = `${world.name}-made`;
    return Promise.resolve();
  }

  protected argsOf(turn: number): readonly string[] {
    const flags = ['--partitions', String(partitions), '--replication-factor', '3'];
    return ['topics', 'create', this.topicOf(turn), ...flags];
  }

  protected override argsAgain(turn: number): readonly string[] {
    return [...this.argsOf(turn), '--if-not-exists'];
  }

  protected async check(world: World, { turn, outcome }: StruckRun): Promise<CheckedRun> {
    const made = await topicsByKafka(world, this.prefix);
    const length = outcome.code === 0 ? turn : turn - 1;
    const promised = Array.from({ length }, (_, index) => this.topicOf(index + 1));
    const wrong = promised.filter((name) => made.get(name) !== partitions);
    const violations = wrong.length === 0 ? [] : [`said to be there, and is not: ${wrong.join(', ')}`];
    return { promised: promised.length, missing: wrong.length, wanted: promised.length, violations };
  }

  protected async findUndone(world: World, turn: number): Promise<readonly string[]> {
    const topic = this.topicOf(turn);
    const isThere = (await topicsByKafka(world, topic)).get(topic) === partitions;
    return isThere ? [] : [`run again, ${topic} is still not there`];
  }

  private topicOf(turn: number): string {
    return `${this.prefix}-${turn}`;
  }
}
