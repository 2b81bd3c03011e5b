import { expect, test } from 'vitest';
import { OutageNotices } from '../../../src/cli/outages.js';
import type { FailedContact } from '../../../src/client/connection-watch.js';

const address = { host: 'kafka', port: 9092 };

function notices() {
  const said: string[] = [];
  const clock = { ms: Date.UTC(2026, 0, 2, 3, 4, 5) };
  const tasks: (() => void)[] = [];
  const outages = new OutageNotices({
    say: (line) => void said.push(line),
    now: () => clock.ms,
    schedule: (_ms, task) => {
      tasks.push(task);
      return { cancel: () => void tasks.splice(tasks.indexOf(task), 1) };
    },
  });
  const fail = (stage: FailedContact['stage'] = 'unreachable'): void => {
    const error = new Error('cannot connect to kafka:9092: connection refused');
    outages.failed({ address, node: 1, purpose: 'control', ip: undefined, stage, error });
  };
  const pass = (ms: number): void => {
    clock.ms += ms;
    for (const task of tasks.splice(0)) task();
  };
  return { said, outages, fail, clock, pass };
}

test('an outage is told once, with the address, since when and why, and so is its end', () => {
  const { said, outages, fail, clock, pass } = notices();
  fail();
  clock.ms += 1000;
  fail();
  pass(3000);
  fail();
  expect(said).toEqual(['waiting for kafka:9092 since 2026-01-02T03:04:05.000Z: cannot connect to kafka:9092: connection refused']);
  clock.ms += 8000;
  outages.opened(address);
  expect(said.at(-1)).toBe('kafka:9092 is back, after 12 s');
});

test('a broker that is back within moments is not worth a word', () => {
  const { said, outages, fail, clock, pass } = notices();
  fail();
  clock.ms += 500;
  outages.opened(address);
  pass(5000);
  expect(said).toEqual([]);
});

test('nor is one that nobody asks any more, and one that refuses us says so itself', () => {
  const { said, fail, pass } = notices();
  fail();
  pass(4000);
  fail('refused');
  pass(4000);
  expect(said).toEqual([]);
});
