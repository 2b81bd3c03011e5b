import { expect, test } from 'vitest';
import { Random } from '../../faults/random.js';
import type { FaultRun } from '../../faults/run-batch.js';
import { Coverage } from '../../faults/trials/coverage.js';
import type { Trial } from '../../faults/trials/trial.js';

const trial = (fault: string, ...scenarios: string[]): Trial => ({ fault, scenarios, run: () => Promise.resolve([]) });
const runs = (fault: string, ...scenarios: string[]): FaultRun[] =>
  scenarios.map((scenario) => ({ scenario, fault, violations: [], peakMiB: 0 }));

test('every trial has its turn before one comes a second time', () => {
  const trials = [trial('a', 'x'), trial('b', 'x'), trial('c', 'x')];
  const coverage = new Coverage(trials, new Random(1));
  const order = trials.map(() => {
    const next = coverage.next();
    coverage.note(next, runs(next.fault, 'x'));
    return next.fault;
  });
  expect(order.sort()).toEqual(['a', 'b', 'c']);
});

test('a trial that did not find everything at work comes again before the others do', () => {
  const trials = [trial('a', 'x', 'y'), trial('b', 'x')];
  const coverage = new Coverage(trials, new Random(1));
  coverage.note(trials[0] as Trial, runs('a', 'x')); // just put there
  coverage.note(trials[1] as Trial, runs('b', 'x')); // just put there
  expect(coverage.next().fault).toBe('a');
  expect(coverage.missing()).toEqual(['y | a']);
});

test('enough runs are not all while a pair was never hit, unless so few were asked for that most are left out', () => {
  const only = trial('a', 'x', 'y', 'z');
  const coverage = new Coverage([only], new Random(1));
  coverage.note(only, runs('a', 'x', 'y'));
  expect(coverage.isDone(1)).toBe(true);
  expect(coverage.isDone(2)).toBe(false);
});

test('a pair that three attempts have not hit is given up', () => {
  const only = trial('a', 'x', 'y');
  const coverage = new Coverage([only], new Random(1));
  for (let attempt = 0; attempt < 3; attempt++) coverage.note(only, runs('a', 'x'));
  expect(coverage.isDone(3)).toBe(true);
  expect(coverage.missing()).toEqual(['y | a']);
});
