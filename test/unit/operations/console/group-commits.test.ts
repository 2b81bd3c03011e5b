import { expect, test } from 'vitest';
import type { OffsetToCommit } from '../../../../src/client/offset-topics.js';
import { GroupCommits } from '../../../../src/operations/console/group-commits.js';

const place = (partition: number, offset: bigint): OffsetToCommit => ({ topic: 'orders', partition, offset });

/** Commits that are noted as `PARTITION@OFFSET`, and answered when the test says so. */
function recorder() {
  const made: string[] = [];
  const answers: (() => void)[] = [];
  const commits = new GroupCommits(async (offsets) => {
    made.push(offsets.map(({ partition, offset }) => `${partition}@${offset}`).join(' '));
    await new Promise<void>((resolve) => answers.push(resolve));
    return [];
  });
  return { made, commits, answer: () => answers.shift()?.() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('only what was reached and is not committed yet is committed', async () => {
  const { made, commits, answer } = recorder();
  commits.reach(place(0, 5n));
  commits.reach(place(1, 7n));
  const first = commits.commit();
  await turn();
  answer();
  await first;
  expect(commits.isDue).toBe(false);
  commits.reach(place(1, 8n));
  const second = commits.commit();
  await turn();
  answer();
  await second;
  await commits.commit();
  expect(made).toEqual(['0@5 1@7', '1@8']);
});

test('commits follow one another, and the next takes what came meanwhile', async () => {
  const { made, commits, answer } = recorder();
  commits.reach(place(0, 1n));
  void commits.commit();
  await turn();
  commits.reach(place(0, 2n));
  const second = commits.commit();
  commits.reach(place(0, 3n));
  await turn();
  expect(made).toEqual(['0@1']);
  answer();
  await turn();
  answer();
  await second;
  expect(made).toEqual(['0@1', '0@3']);
});

test('a commit that failed stays due', async () => {
  let isDown = true;
  const made: bigint[] = [];
  const commits = new GroupCommits((offsets) => {
    if (isDown) return Promise.reject(new Error('down'));
    made.push(...offsets.map(({ offset }) => offset));
    return Promise.resolve([]);
  });
  commits.reach(place(0, 4n));
  await expect(commits.commit()).rejects.toThrow('down');
  expect(commits.isDue).toBe(true);
  isDown = false;
  await commits.commit();
  expect(made).toEqual([4n]);
});

test('partitions that went to others are not committed, nor remembered when they come back', async () => {
  const made: string[] = [];
  const commits = new GroupCommits((offsets) => {
    made.push(offsets.map(({ partition, offset }) => `${partition}@${offset}`).join(' '));
    return Promise.resolve(offsets.filter(({ partition }) => partition === 1));
  });
  commits.reach(place(0, 4n));
  commits.forget([place(0, 4n)]);
  await commits.commit();
  expect(made).toEqual([]);
  commits.reach(place(1, 4n));
  await commits.commit();
  expect(commits.isDue).toBe(false);
  commits.reach(place(1, 4n));
  await commits.commit();
  expect(made).toEqual(['1@4', '1@4']);
});
