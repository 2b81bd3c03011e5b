import { beforeEach, expect, test } from 'vitest';
import { AssignmentEnds } from '../../../../src/operations/console/assignment-ends.js';

const partition = (number: number) => ({ topic: 'orders', partition: number });
const at = (number: number, offset: bigint) => ({ ...partition(number), offset });

let now: number;
let ends: AssignmentEnds;
const logEnds = [10n, 20n];

beforeEach(() => {
  now = 0;
  ends = new AssignmentEnds(
    (partitions) => Promise.resolve(partitions.map((each) => logEnds[each.partition] ?? 0n)),
    () => now,
  );
});

test('the end is reached when each owned partition stands at the end it had when it was assigned', async () => {
  const owned = [partition(0), partition(1)];
  expect(ends.areReached(owned, () => [at(0, 10n), at(1, 20n)])).toBe(false);
  const known = ends.assigned(owned, [at(0, 0n), at(1, 0n)]);
  expect(ends.areReached(owned, () => [at(0, 10n), at(1, 20n)])).toBe(false);
  await known;
  expect(ends.areReached(owned, () => [at(0, 10n), at(1, 19n)])).toBe(false);
  expect(ends.areReached(owned, () => [at(0, 10n)])).toBe(false);
  expect(ends.areReached(owned, () => [at(0, 10n), at(1, 25n)])).toBe(true);
});

test('a partition given up counts no more, and nothing is reached while the group rebalances', async () => {
  await ends.assigned([partition(0), partition(1)], []);
  ends.unsettled([partition(1)]);
  expect(ends.areReached([partition(0)], () => [at(0, 10n)])).toBe(false);
  await ends.assigned([], []);
  expect(ends.areReached([partition(0)], () => [at(0, 10n)])).toBe(true);
});

test('a start behind the end is not the end: reading is about to go on elsewhere', async () => {
  await ends.assigned([partition(0)], [at(0, 99n)]);
  expect(ends.areReached([partition(0)], () => [at(0, 99n)])).toBe(false);
  expect(ends.areReached([partition(0)], () => [at(0, 3n)])).toBe(false);
  expect(ends.areReached([partition(0)], () => [at(0, 10n)])).toBe(true);
});

test('a member that is given nothing for a while has nothing to read', async () => {
  await ends.assigned([], []);
  expect(ends.areReached([], () => [])).toBe(false);
  now = 5000;
  expect(ends.areReached([], () => [])).toBe(true);
});
