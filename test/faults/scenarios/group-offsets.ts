import { committedByKafka } from '../kafka-tools.js';
import { partitionNumbers } from '../partition-numbers.js';
import type { StruckRun } from '../repeated-command.js';
import { RepeatedScenario, type CheckedRun } from '../repeated-scenario.js';
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
    const written = outcome.code === 0 ? partitionNumbers(partitions) : writtenPartitions(outcome.stdout);
    const wrong = written.filter((partition) => offsets.get(`${this.topic}-${partition}`) !== BigInt(turn));
    const violations = wrong.length === 0 ? [] : [`said to be at ${turn}, and is not: partitions ${wrong.join(', ')}`];
    return { promised: written.length, missing: wrong.length, wanted: partitions, violations };
  }

  protected async findUndone(world: World, turn: number): Promise<readonly string[]> {
    const offsets = await committedByKafka(world, this.group);
    const left = partitionNumbers(partitions).filter((number) => offsets.get(`${this.topic}-${number}`) !== BigInt(turn));
    return left.length === 0 ? [] : [`run again, it still leaves partitions ${left.join(', ')} elsewhere`];
  }
}

function writtenPartitions(stdout: string): number[] {
  if (stdout === '') return [];
  const { groups } = JSON.parse(stdout) as WrittenDocument; // pinned by the tests of both commands
  return groups.flatMap((group) => group.partitions.filter(({ status }) => status === 'written').map(({ partition }) => partition));
}
