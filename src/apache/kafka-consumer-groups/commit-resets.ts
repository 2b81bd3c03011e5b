import type { CommitResult } from '../../client/groups/commit-offsets.js';
import { partitionHashOrder } from '../java/hash-order.js';
import { JavaError } from '../java/java-error.js';
import { callFailure } from './call-failure.js';
import type { GroupsRun } from './groups-run.js';
import type { NewOffset } from './new-offset.js';

const call = 'alterConsumerGroupOffsets(api=FIND_COORDINATOR)';

/**
 * Writes new offsets, one request a group. Where one fails, stderr says which groups and partitions have theirs already:
 * Kafka's tool tells nothing of that.
 *
 * @throws JavaError the first failure
 */
export async function commitResets(run: GroupsRun, resets: ReadonlyMap<string, readonly NewOffset[]>): Promise<void> {
  const { commitOffsets } = await import('../../client/groups/commit-offsets.js');
  const written: string[] = [];
  for (const [groupId, offsets] of resets) {
    if (offsets.length === 0) continue;
    let results: readonly CommitResult[];
    try {
      results = await commitOffsets(await run.connect(), groupId, offsets);
    } catch (error) {
      tell(run, written, `whether the offsets of group '${groupId}' were written is not known`);
      throw callFailure(error, call);
    }
    const failed = partitionHashOrder(results).filter(({ error }) => error !== undefined);
    const [first] = failed;
    if (first !== undefined) {
      const count = results.length - failed.length;
      if (count + written.length > 0)
        tell(run, written, `of group '${groupId}', ${count} of ${results.length} offsets were written`);
      const { javaClass } = callFailure(first.error, call);
      throw new JavaError(javaClass, `Failed altering group offsets for the following partitions: [${namesOf(failed)}]`);
    }
    written.push(groupId);
  }
}

function tell(run: GroupsRun, written: readonly string[], line: string): void {
  for (const groupId of written) run.err(`the offsets of group '${groupId}' were written before the failure\n`);
  run.err(`${line}\n`);
}

function namesOf(results: readonly CommitResult[]): string {
  return results.map(({ topic, partition }) => `${topic}-${partition}`).join(', ');
}
