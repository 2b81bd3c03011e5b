import { fillTopic } from '../fill-topic.js';
import { startsByKafka } from '../kafka-tools.js';
import { partitionNumbers } from '../partition-numbers.js';
import type { StruckRun } from '../repeated-command.js';
import { RepeatedScenario, type CheckedRun } from '../repeated-scenario.js';
import { findUntold, toldStatuses, type ToldStatuses } from '../told-statuses.js';
import type { World } from '../world.js';

const partitions = 6;
const recordsEach = 1000;

/** The JSON document of `records delete`. */
interface DeleteDocument {
  readonly partitions: readonly { readonly partition: number; readonly status: string }[];
}

/** `records delete`, keeping fewer records each time. */
export class DeleteRecordsScenario extends RepeatedScenario {
  readonly name = 'records delete';
  private topic = '';

  protected async setUp(world: World): Promise<void> {
    this.topic = `${world.name}-cut`;
    await world.createTopic(this.topic, partitions);
    await fillTopic(world, this.topic, { lines: partitions * recordsEach });
  }

  protected argsOf(turn: number): readonly string[] {
    return ['records', 'delete', this.topic, '--keep-last', String(recordsEach - turn * 5), '--yes'];
  }

  protected async check(world: World, { turn, outcome }: StruckRun): Promise<CheckedRun> {
    const wanted = BigInt(turn * 5);
    const starts = await startsByKafka(world, this.topic);
    const told = toldBy(outcome.stdout);
    const isDone = (partition: number): boolean => starts.get(`${this.topic}-${partition}`) === wanted;
    const all = partitionNumbers(partitions);
    const cut = outcome.code === 0 ? all : all.filter((partition) => told.get(partition) === 'deleted');
    const wrong = cut.filter((partition) => !isDone(partition));
    const violations = wrong.length === 0 ? [] : [`said to begin at ${wanted}, and does not: partitions ${wrong.join(', ')}`];
    const untold = outcome.code === 0 ? [] : findUntold(all.filter(isDone), told);
    if (untold.length > 0) violations.push(`cut without a word: partitions ${untold.join(', ')}; ${outcome.stderr}`);
    const tooFar = [...starts].filter(([, start]) => start > wanted);
    if (tooFar.length > 0) violations.push(`cut further than asked: ${tooFar.join(', ')}`);
    return { promised: cut.length, missing: wrong.length, wanted: partitions, violations };
  }

  protected async findUndone(world: World, turn: number): Promise<readonly string[]> {
    const starts = await startsByKafka(world, this.topic);
    const left = partitionNumbers(partitions).filter((number) => starts.get(`${this.topic}-${number}`) !== BigInt(turn * 5));
    return left.length === 0 ? [] : [`run again, it still leaves partitions ${left.join(', ')} uncut`];
  }
}

function toldBy(stdout: string): ToldStatuses {
  if (stdout === '') return toldStatuses([]);
  return toldStatuses((JSON.parse(stdout) as DeleteDocument).partitions); // pinned by the tests of records delete
}
