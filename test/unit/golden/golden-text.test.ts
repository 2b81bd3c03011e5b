import { expect, test } from 'vitest';
import { fill, normalise, viewOf } from '../../golden/golden-text.js';

const names = { T: 'gt-1', G: 'gg-1', B: '127.0.0.1:9092', DIR: '/somewhere' };

test('placeholders are filled in and found again', () => {
  const text = '{B} {T}-a {G} {DIR}/f {X}';
  expect(fill(text, names)).toBe('127.0.0.1:9092 gt-1-a gg-1 /somewhere/f {X}');
  expect(normalise(fill(text, names), names)).toBe(text);
});

test('what differs from run to run is replaced, and stack frames are dropped', () => {
  const text =
    'TopicId: 4h7Cyqx6TOSSiZU6Ac_h2Q\nX: no\n\tat a.B(C.java)\n\t... 3 more\n[2026-01-31 10:11:12,345] WARN\nCreateTime:1700000000000\n127.0.0.1:19092\n';
  expect(normalise(text, names)).toBe('TopicId: {ID}\nX: no\n{TIME} WARN\nCreateTime:{MS}\n{ADDR}\n');
});

test.each([
  ['exact', 'b \na', 'b\na'],
  ['sorted', 'b\na', 'a\nb'],
  ['mine', 'x\n{T}   2\n{G} 1', '{G} 1\n{T} 2'],
  ['first', 'GROUP     STATE  \nx', 'GROUP STATE'],
  ['ignore', 'x', ''],
] as const)('%s looks at the right part', (comparison, text, view) => {
  expect(viewOf(text, comparison)).toBe(view);
});
