import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Throttle } from '../../../src/core/throttle.js';

test('a negative rate never sleeps, a rate of 0 sleeps for ever once time has passed', () => {
  expect(new Throttle(-1, 0).pauseMs(1000, 1)).toBe(0);
  expect(new Throttle(0, 0).pauseMs(0, 0)).toBe(0);
  expect(new Throttle(0, 0).pauseMs(1, 1)).toBe(Infinity);
});

test('short debts are slept off together', () => {
  const throttle = new Throttle(1000, 0);
  expect(throttle.pauseMs(10, 1)).toBe(0);
  expect(throttle.pauseMs(11, 1)).toBe(2);
});

test('a loop that does nothing else keeps to the rate', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (perSecond) => {
      const throttle = new Throttle(perSecond, 0);
      let now = 0.001;
      let done = 0;
      while (now < 3000 && done < 20_000) now += throttle.pauseMs(done++, now);
      // A sleep or two of grace at the start.
      expect(done).toBeLessThanOrEqual((now / 1000) * perSecond + 3 + perSecond / 400);
    }),
    { numRuns: 50 },
  );
});
