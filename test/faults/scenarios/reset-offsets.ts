import { fillTopic } from '../fill-topic.js';
import type { World } from '../world.js';
import { GroupOffsetsScenario } from './group-offsets.js';

const recordsEach = 400;

/** `groups reset-offsets`, to another offset each time. */
export class ResetOffsetsScenario extends GroupOffsetsScenario {
  readonly name = 'groups reset-offsets';

  protected async setUp(world: World): Promise<void> {
    this.topic = `${world.name}-reset`;
    await world.createTopic(this.topic, this.partitions);
    await fillTopic(world, this.topic, { lines: this.partitions * recordsEach });
  }

  protected argsOf(turn: number): readonly string[] {
    return ['groups', 'reset-offsets', this.group, '--topic', this.topic, '--to-offset', String(turn), '--yes'];
  }
}
