import { committedByKafka } from '../kafka-tools.js';
import { partitionNumbers } from '../partition-numbers.js';
import type { StruckRun } from '../repeated-command.js';
import { RepeatedScenario, type CheckedRun } from '../repeated-scenario.js';
import { findUntold, toldStatuses, type ToldStatuses } from '../told-statuses.js';
import type { World } from '../world.js';

const partitions = 12;

/** The JSON document of `groups reset-offsets` and of `groups import`. */
interface WrittenDocument {
  readonly groups: readonly { readonly partitions: readonly { readonly partition: number; readonly status: string }[] }[];
}

/** A command that moves a group to the offset of its turn in each of twelve partitions. */
export abstract class GroupOffsetsScenario extends RepeatedScenario {
  protected topic = '';
  protected readonly partitions = partitions;

  protected get group(): string {
    return `${this.topic}-group`;
  }

  protected async check(world: World, { turn, outcome }: StruckRun): Promise<CheckedRun> {
    const offsets = await committedByKafka(world, this.group);
    const told = toldBy(outcome.stdout);
    const isDone = (partition: number): boolean => offsets.get(`${this.topic}-${partition}`) === BigInt(turn);
    const all = partitionNumbers(partitions);
    const written = outcome.code === 0 ? all : all.filter((partition) => told.get(partition) === 'written');
    const wrong = written.filter((partition) => !isDone(partition));
    const violations = wrong.length === 0 ? [] : [`said to be at ${turn}, and is not: partitions ${wrong.join(', ')}`];
    const untold = outcome.code === 0 ? [] : findUntold(all.filter(isDone), told);
    if (untold.length > 0) violations.push(`at ${turn} without a word: partitions ${untold.join(', ')}; ${outcome.stderr}`);
    return { promised: written.length, missing: wrong.length, wanted: partitions, violations };
  }

  protected async findUndone(world: World, turn: number): Promise<readonly string[]> {
    const offsets = await committedByKafka(world, this.group);
    const left = partitionNumbers(partitions).filter((number) => offsets.get(`${this.topic}-${number}`) !== BigInt(turn));
    return left.length === 0 ? [] : [`run again, it still leaves partitions ${left.join(', ')} elsewhere`];
  }
}

function toldBy(stdout: string): ToldStatuses {
  if (stdout === '') return toldStatuses([]);
  const { groups } = JSON.parse(stdout) as WrittenDocument; // pinned by the tests of both commands
  return toldStatuses(groups.flatMap((group) => group.partitions));
}
