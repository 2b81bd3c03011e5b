import { expect, test } from 'vitest';
import { after, type Clockwork, every, longestTimerMs } from '../../../src/timers/timers.js';

const day = 86_400_000;

/** A clock that stands still until told; refuses what Node's timers cannot do. */
class FakeClockwork implements Clockwork {
  time = 0;
  readonly started: number[] = [];
  private readonly waiting = new Set<{ at: number; task: () => void }>();

  now(): number {
    return this.time;
  }

  start(ms: number, task: () => void): () => void {
    if (!(ms >= 0 && ms <= longestTimerMs)) throw new Error(`Node cannot wait ${ms} ms`);
    this.started.push(ms);
    const entry = { at: this.time + ms, task };
    this.waiting.add(entry);
    return () => void this.waiting.delete(entry);
  }

  get pending(): number {
    return this.waiting.size;
  }

  /** Runs what is due on the way; `lateMs` is how late each timer is. */
  advance(ms: number, lateMs = 0): void {
    const end = this.time + ms;
    for (;;) {
      const next = [...this.waiting].sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at + lateMs > end) break;
      this.waiting.delete(next);
      this.time = Math.max(this.time, next.at + lateMs);
      next.task();
    }
    this.time = end;
  }
}

function counting(): { readonly count: () => number; readonly task: () => void } {
  let calls = 0;
  return {
    count: () => calls,
    task: () => {
      calls++;
    },
  };
}

test.each([0, 1, 1000, longestTimerMs, longestTimerMs + 1, 2 ** 32, 60 * day, 365 * day])(
  'a timer of %d ms runs out then and not before',
  (ms) => {
    const clockwork = new FakeClockwork();
    const { count, task } = counting();
    after(ms, task, {}, clockwork);
    clockwork.advance(ms - 1);
    expect(count()).toBe(0);
    clockwork.advance(1);
    expect(count()).toBe(1);
    expect(clockwork.pending).toBe(0);
  },
);

test('what the legs of a long timer are late by does not add up', () => {
  const clockwork = new FakeClockwork();
  const { count, task } = counting();
  after(100 * day, task, {}, clockwork);
  clockwork.advance(100 * day + 1999, 2000);
  expect(count()).toBe(0);
  clockwork.advance(1, 2000);
  expect(count()).toBe(1);
});

test.each([2 ** 53, 2 ** 60, Number(2n ** 63n - 1n), Number.MAX_VALUE, Infinity])('a timer of %d ms never runs out', (ms) => {
  const clockwork = new FakeClockwork();
  const { count, task } = counting();
  const timer = after(ms, task, {}, clockwork);
  clockwork.advance(10_000 * day);
  expect(count()).toBe(0);
  timer.cancel();
  expect(clockwork.pending).toBe(0);
});

test.each([-1, -Infinity])('a timer of %d ms runs out as soon as it can', (ms) => {
  const clockwork = new FakeClockwork();
  const { count, task } = counting();
  after(ms, task, {}, clockwork);
  clockwork.advance(0);
  expect(count()).toBe(1);
});

test('a time that is no number makes no timer', () => {
  expect(() => after(NaN, () => {}, {}, new FakeClockwork())).toThrow(RangeError);
});

test('a timer that is cancelled in its second leg does not run out', () => {
  const clockwork = new FakeClockwork();
  const { count, task } = counting();
  const timer = after(60 * day, task, {}, clockwork);
  clockwork.advance(30 * day);
  timer.cancel();
  clockwork.advance(60 * day);
  expect(count()).toBe(0);
  expect(clockwork.pending).toBe(0);
});

test('a task that is repeated runs once in every interval, of any length, until cancelled', () => {
  const clockwork = new FakeClockwork();
  const { count, task } = counting();
  const timer = every(40 * day, task, {}, clockwork);
  clockwork.advance(125 * day);
  expect(count()).toBe(3);
  timer.cancel();
  clockwork.advance(400 * day);
  expect(count()).toBe(3);
});

test('a repeated task may cancel itself', () => {
  const clockwork = new FakeClockwork();
  let calls = 0;
  const timer = every(
    10,
    () => {
      calls++;
      timer.cancel();
    },
    {},
    clockwork,
  );
  clockwork.advance(100);
  expect(calls).toBe(1);
  expect(clockwork.pending).toBe(0);
});

test('an interval of nothing still lets other work run', () => {
  const clockwork = new FakeClockwork();
  const { count, task } = counting();
  every(0, task, {}, clockwork);
  clockwork.advance(10);
  expect(count()).toBe(10);
});
