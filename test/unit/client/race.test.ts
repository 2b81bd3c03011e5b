import { expect, test, vi } from 'vitest';
import { race, RaceLost } from '../../../src/client/race.js';

const never = new AbortController().signal;
const options = { staggerMs: 20, signal: never, isFinal: () => false, discard: () => {} };

function fail(message: string): Promise<never> {
  return Promise.reject(new Error(message));
}

test('a candidate that fails is followed at once', async () => {
  const tried: string[] = [];
  const winner = await race(
    ['a', 'b', 'c'],
    (name) => {
      tried.push(name);
      return name === 'c' ? Promise.resolve(name) : fail(name);
    },
    { ...options, staggerMs: 60_000 },
  );
  expect(winner).toBe('c');
  expect(tried).toEqual(['a', 'b', 'c']);
});

test('a silent candidate gets company, and is told to stop when another wins', async () => {
  const stopped = vi.fn();
  const winner = await race(
    ['silent', 'quick'],
    (name, signal) => {
      if (name === 'quick') return Promise.resolve(name);
      signal.addEventListener('abort', stopped);
      return new Promise<string>(() => {});
    },
    options,
  );
  expect(winner).toBe('quick');
  expect(stopped).toHaveBeenCalledTimes(1);
});

test('a result that comes after the winner is discarded', async () => {
  let finishLate = (): void => {};
  const discard = vi.fn<(name: string) => void>();
  const winner = await race(
    ['late', 'quick'],
    (name) => (name === 'quick' ? Promise.resolve(name) : new Promise<string>((resolve) => (finishLate = () => resolve(name)))),
    { ...options, discard },
  );
  finishLate();
  await Promise.resolve();
  await Promise.resolve();
  expect(winner).toBe('quick');
  expect(discard).toHaveBeenCalledWith('late');
});

test('when all fail, every candidate is named with its cause', async () => {
  const lost: unknown = await race(['a', 'b'], (name) => fail(`${name} is down`), options).catch((error: unknown) => error);
  expect(lost).toBeInstanceOf(RaceLost);
  expect(lost).toMatchObject({
    losses: [
      { candidate: 'a', cause: { message: 'a is down' } },
      { candidate: 'b', cause: { message: 'b is down' } },
    ],
  });
});

test('a final failure ends the race for all', async () => {
  const tried: string[] = [];
  const work = race(
    ['a', 'b'],
    (name) => {
      tried.push(name);
      return fail('wrong password');
    },
    { ...options, isFinal: () => true },
  );
  await expect(work).rejects.toThrow('wrong password');
  expect(tried).toEqual(['a']);
});

test('an abort ends the race with its reason', async () => {
  const stop = new AbortController();
  const work = race(['a'], () => new Promise(() => {}), { ...options, signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(work).rejects.toThrow('enough');
});

test('no candidates is a lost race', async () => {
  await expect(race([], () => Promise.resolve(1), options)).rejects.toBeInstanceOf(RaceLost);
});
