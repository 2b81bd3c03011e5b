import { expect, test } from 'vitest';
import type { OffsetFile } from '../../../../src/core/offset-file/offset-file.js';
import { planWindow } from '../../../../src/core/offset-targets/plan-window.js';
import { parseTopicSelection } from '../../../../src/core/topics/topic-selection.js';

function file(...partitions: readonly [string, number, bigint][]): OffsetFile {
  return { groups: [{ partitions: partitions.map(([topic, partition, offset]) => ({ topic, partition, offset })) }] };
}

test('starts and stops meet by partition, sorted by topic and number; what one file lacks is open', () => {
  const from = file(['b', 10, 5n], ['b', 2, 1n], ['a', 0, 0n]);
  const to = file(['b', 2, 9n], ['c', 0, 3n]);
  expect(planWindow({ from, to, topics: parseTopicSelection([]) })).toEqual([
    { topic: 'a', partition: 0, start: 0n, stop: undefined },
    { topic: 'b', partition: 2, start: 1n, stop: 9n },
    { topic: 'b', partition: 10, start: 5n, stop: undefined },
    { topic: 'c', partition: 0, start: undefined, stop: 3n },
  ]);
});

test('names and patterns restrict the topics, and one that picks nothing is refused', () => {
  const from = file(['orders-eu', 0, 1n], ['orders-us', 0, 1n], ['bills', 0, 1n]);
  const topics = (...words: string[]): string[] =>
    planWindow({ from, topics: parseTopicSelection(words) }).map(({ topic }) => topic);
  expect(topics('orders-*')).toEqual(['orders-eu', 'orders-us']);
  expect(topics('bills')).toEqual(['bills']);
  expect(() => topics('bills', 'other')).toThrow("no offset file names topic 'other'");
});

test('an empty range is a range, one that goes back is refused even where a topic beside it is fine', () => {
  expect(planWindow({ from: file(['a', 0, 4n]), to: file(['a', 0, 4n]), topics: parseTopicSelection([]) })).toHaveLength(1);
  const [from, to] = [file(['a', 0, 4n], ['a', 1, 5n], ['b', 0, 1n]), file(['a', 0, 3n], ['a', 1, 4n], ['b', 0, 2n])];
  expect(() => planWindow({ from, to, topics: parseTopicSelection([]) })).toThrow(
    'the offset files are no window\n' +
      'partition a-0: it starts at offset 4, behind its stop at 3\n' +
      'partition a-1: it starts at offset 5, behind its stop at 4',
  );
  expect(planWindow({ from, to, topics: parseTopicSelection(['b']) })).toHaveLength(1);
});

test('groups that give a partition different offsets are refused, the same offset twice is not', () => {
  const groups = (other: bigint): OffsetFile => ({
    groups: [
      { group: 'one', partitions: [{ topic: 'a', partition: 0, offset: 4n }] },
      { group: 'two', partitions: [{ topic: 'a', partition: 0, offset: other }] },
    ],
  });
  expect(planWindow({ from: groups(4n), topics: parseTopicSelection([]) })).toHaveLength(1);
  expect(() => planWindow({ to: groups(5n), topics: parseTopicSelection([]) })).toThrow(
    '--to-offsets: the file says no single offset\npartition a-0',
  );
});
