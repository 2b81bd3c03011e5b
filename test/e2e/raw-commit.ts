import { inject } from 'vitest';
import { openCluster } from '../../src/client/connect.js';
import { loadSettings } from '../../src/config/load.js';
import { OffsetCommit } from '../../src/protocol/messages/offset-commit.js';

/** Commits any offsets, also such that no consumer would: other clients write them, and brokers keep them. */
export async function commitRaw(group: string, topic: string, offsets: readonly (bigint | undefined)[]): Promise<void> {
  const settings = await loadSettings({ bootstrapServer: inject('bootstrap') }, { XDG_CONFIG_HOME: '/nowhere' });
  const cluster = openCluster(settings, { signal: new AbortController().signal });
  try {
    const partitions = offsets.flatMap((committedOffset, partitionIndex) =>
      committedOffset === undefined ? [] : [{ partitionIndex, committedOffset, committedMetadata: '' }],
    );
    const body = { groupId: group, memberId: '', topics: [{ name: topic, partitions }] };
    const { topics } = await cluster.request(OffsetCommit, body, { atMost: 9 });
    const code = topics.flatMap((each) => each.partitions).find(({ errorCode }) => errorCode !== 0)?.errorCode;
    if (code !== undefined) throw new Error(`the commit was refused with code ${code}`);
  } finally {
    await cluster.close();
  }
}
