import { expect, test } from 'vitest';
import type { FaultRun } from '../../faults/run-batch.js';
import { formatRuns } from '../../faults/table.js';

const run = (facts: Partial<FaultRun>): FaultRun => ({ scenario: 'consume', fault: 'cut', violations: [], peakMiB: 0, ...facts });

test('a row sums counts, shows the worst of times and memory and every exit code', () => {
  const runs = [
    run({ acknowledged: 10, missing: 1, lateMs: 1500, peakMiB: 60, exits: [130, 0], violations: ['lost'] }),
    run({ acknowledged: 5, duplicated: 2, lateMs: 700, peakMiB: 61.4, exits: [0], isPartial: true }),
  ];
  expect(formatRuns(runs).split('\n')).toEqual([
    '| scenario | fault | runs | acknowledged | missing | duplicated | reordered | late | memory | exit codes | partial | violations |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    '| consume | cut | 2 | 15 | 1 | 2 | 0 | 1.5 s | 61 MiB | 0, 130 | 1 | 1 |',
  ]);
});

test('rows can be of a scenario whatever the fault, and of a fault whatever it struck', () => {
  const runs = [run({}), run({ fault: 'kill' }), run({ scenario: 'produce' })];
  const firsts = (by: 'scenario' | 'fault'): string[] =>
    formatRuns(runs, by)
      .split('\n')
      .slice(2)
      .map((row) => row.split(' | ').slice(0, 2).join(' | '));
  expect(firsts('scenario')).toEqual(['| consume | 2', '| produce | 1']);
  expect(firsts('fault')).toEqual(['| cut | 2', '| kill | 1']);
});
