import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fillTopic } from '../fill-topic.js';
import { partitionNumbers } from '../partition-numbers.js';
import type { World } from '../world.js';
import { GroupOffsetsScenario } from './group-offsets.js';

const recordsEach = 400;

/** `groups import`, of a file with other offsets each time. */
export class ImportOffsetsScenario extends GroupOffsetsScenario {
  readonly name = 'groups import';
  private dir = '';

  protected async setUp(world: World): Promise<void> {
    this.dir = world.cluster.dir;
    this.topic = `${world.name}-import`;
    await world.createTopic(this.topic, this.partitions);
    await fillTopic(world, this.topic, { lines: this.partitions * recordsEach });
  }

  protected argsOf(turn: number): readonly string[] {
    const { topic, group } = this;
    const partitions = partitionNumbers(this.partitions).map((partition) => ({ topic, partition, offset: turn }));
    const file = path.join(this.dir, `${topic}-${turn}.json`);
    writeFileSync(file, JSON.stringify({ version: 1, partitions }));
    return ['groups', 'import', file, '--group', group, '--yes'];
  }
}
