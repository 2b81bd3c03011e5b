import { startsByKafka } from '../kafka-tools.js';
import { RepeatedCommand } from '../repeated-command.js';
import type { Scenario, Verdict } from '../scenario.js';
import type { World } from '../world.js';
import { fill } from './reset-offsets.js';

const partitions = 6;
const recordsEach = 1000;

/** The JSON document of `records delete`. */
interface DeleteDocument {
  readonly partitions: readonly { readonly partition: number; readonly status: string }[];
}

/** `records delete`, keeping fewer records each time. */
export class DeleteRecordsScenario implements Scenario {
  readonly name = 'records delete';
  readonly topics: readonly string[] = [];
  private world: World | undefined;
  private topic = '';
  private commands: RepeatedCommand | undefined;

  async prepare(world: World): Promise<void> {
    this.world = world;
    this.topic = `${world.name}-cut`;
    await world.createTopic(this.topic, partitions);
    await fill(world, this.topic, partitions * recordsEach);
  }

  start(world: World): Promise<void> {
    this.commands = new RepeatedCommand(world, (turn) => this.cut(turn));
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
    const wanted = BigInt(turn * 5);
    const before = await startsByKafka(world, this.topic);
    const cut = outcome.code === 0 ? allPartitions() : cutPartitions(outcome.stdout);
    const wrong = cut.filter((partition) => before.get(`${this.topic}-${partition}`) !== wanted);
    if (wrong.length > 0) violations.push(`said to begin at ${wanted}, and does not: partitions ${wrong.join(', ')}`);
    const tooFar = [...before].filter(([, start]) => start > wanted);
    if (tooFar.length > 0) violations.push(`cut further than asked: ${tooFar.join(', ')}`);
    if (outcome.code !== 0 && !/^error: /m.test(outcome.stderr)) violations.push(`failed without an error: ${outcome.stderr}`);
    await world.prepare(...this.cut(turn));
    const after = await startsByKafka(world, this.topic);
    const left = allPartitions().filter((partition) => after.get(`${this.topic}-${partition}`) !== wanted);
    if (left.length > 0) violations.push(`run again, it still leaves partitions ${left.join(', ')} uncut`);
    return { acknowledged: cut.length, missing: wrong.length, duplicated: 0, reordered: 0, violations, peakMiB: 0 };
  }

  private cut(turn: number): readonly string[] {
    return ['records', 'delete', this.topic, '--keep-last', String(recordsEach - turn * 5), '--yes'];
  }
}

function allPartitions(): number[] {
  return Array.from({ length: partitions }, (_, partition) => partition);
}

function cutPartitions(stdout: string): number[] {
  if (stdout === '') return [];
  const document = JSON.parse(stdout) as DeleteDocument; // pinned by the tests of records delete
  return document.partitions.filter(({ status }) => status === 'deleted').map(({ partition }) => partition);
}
