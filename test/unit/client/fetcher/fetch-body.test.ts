import { expect, test } from 'vitest';
import { fetchBody, fetchVersion } from '../../../../src/client/fetcher/fetch-body.js';
import { resolveFetchSettings } from '../../../../src/client/fetcher/fetcher-options.js';
import { PartitionTrack } from '../../../../src/client/fetcher/partition-track.js';
import { encodeRequest } from '../../../../src/protocol/frame.js';
import { Fetch } from '../../../../src/protocol/messages/fetch.js';

const id = 'AAAAAAAAAAAAAAAAAAAAAQ';

function track(topic: string, topicId?: string, partition = 0): PartitionTrack {
  const made = new PartitionTrack({ topic, partition, start: 0n }, 1000);
  made.topicId = topicId;
  return made;
}

test('topics are asked for by their ids, unless one of them has none', () => {
  expect(fetchVersion([track('a', id), track('b', id)])).toBeUndefined();
  expect(fetchVersion([track('a', id), track('b')])).toBe(12);
});

test('a request of version 13 names a topic by its id only, one of version 12 by its name only', () => {
  const body = fetchBody([track('orders', id)], resolveFetchSettings({}), 1);
  const [newer, older] = [13, 12].map((version) => encodeRequest(Fetch, version, 1, null, body));
  const idBytes = Buffer.from(id, 'base64url');
  expect([newer?.includes('orders'), newer?.includes(idBytes)]).toEqual([false, true]);
  expect([older?.includes('orders'), older?.includes(idBytes)]).toEqual([true, false]);
});

test('partitions that are still those of a topic that was are not asked for under the id of its successor', () => {
  const other = 'AAAAAAAAAAAAAAAAAAAAAg';
  const tracks = [track('orders', other, 1), track('orders', id, 0), track('orders', id, 2)];
  expect(fetchBody(tracks, resolveFetchSettings({}), 1).topics).toMatchObject([
    { topic: 'orders', topicId: other, partitions: [{ partition: 1 }] },
    { topic: 'orders', topicId: id, partitions: [{ partition: 0 }, { partition: 2 }] },
  ]);
});
