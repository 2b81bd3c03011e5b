import { expect, test } from 'vitest';
import { OutageNotices } from '../../../src/cli/outages.js';
import type { Wait } from '../../../src/client/waits.js';

function notices() {
  const said: string[] = [];
  const clock = { ms: Date.UTC(2026, 0, 2, 3, 4, 5) };
  let look = (): void => {};
  let waiting: { since: number; why: string; isBack: boolean } | undefined;
  const current = (): Wait[] => {
    if (waiting === undefined) return [];
    const { since, why } = waiting;
    const state = waiting;
    return [{ key: 'kafka', what: 'kafka:9092', forMs: clock.ms - since, why, back: 'is back', isBack: () => state.isBack }];
  };
  const outages = new OutageNotices({
    current,
    say: (line) => void said.push(line),
    now: () => clock.ms,
    schedule: (_ms, task) => {
      look = task;
      return { cancel: () => (look = () => {}) };
    },
  });
  return {
    said,
    outages,
    begin: (why: string) => void (waiting = { since: clock.ms, why, isBack: false }),
    end: (isBack: boolean) => {
      if (waiting !== undefined) waiting.isBack = isBack;
      waiting = undefined;
    },
    pass: (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        clock.ms += 1000;
        look();
      }
    },
  };
}

test('an outage is told once within five seconds, with the address, since when and why, and so is its end', () => {
  const { said, begin, end, pass } = notices();
  begin('connection refused');
  pass(3);
  expect(said).toEqual([]);
  pass(1);
  const told = 'waiting for kafka:9092 since 2026-01-02T03:04:05.000Z: connection refused';
  expect(said).toEqual([told]);
  pass(7);
  expect(said).toEqual([told]);
  end(true);
  pass(1);
  expect(said).toEqual([told, 'kafka:9092 is back, after 12 s']);
});

test('what is there again within moments is not worth a word', () => {
  const { said, begin, end, pass } = notices();
  begin('connection refused');
  pass(2);
  end(true);
  pass(5);
  expect(said).toEqual([]);
});

test('between two attempts an outage is not over, and it counts from the first one', () => {
  const { said, begin, end, pass } = notices();
  begin('connection refused');
  pass(4);
  end(false);
  pass(1);
  begin('connection reset');
  pass(5);
  expect(said).toHaveLength(1);
});

test('what is given up is not called back', () => {
  const { said, begin, end, pass } = notices();
  begin('connection refused');
  pass(4);
  end(false);
  pass(3);
  expect(said.at(-1)).toBe('kafka:9092 is no longer waited for, after 6 s');
});

test('a run that ends can say what it waited for, also before that was told', () => {
  const { outages, begin, pass } = notices();
  expect(outages.describe()).toBeUndefined();
  begin('connection refused');
  pass(2);
  expect(outages.describe()).toBe('waiting for kafka:9092 since 2026-01-02T03:04:05.000Z: connection refused');
});

test('nothing is looked at once it is stopped', () => {
  const { said, outages, begin, pass } = notices();
  begin('connection refused');
  outages.stop();
  pass(9);
  expect(said).toEqual([]);
});
