import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { type SignalSource, watchInterrupts } from '../../../src/terminal/interrupts.js';

function fakeProcess(env: NodeJS.ProcessEnv = {}) {
  const signals = new EventEmitter();
  const clock = { ms: 0 };
  const deaths: string[] = [];
  const source: SignalSource = {
    env,
    on: (name, listener) => signals.on(name, listener),
    off: (name, listener) => signals.off(name, listener),
    die: (name) => void deaths.push(name),
    stdout: new EventEmitter(),
    now: () => clock.ms,
  };
  const send = (name: string, afterMs = 0): void => {
    clock.ms += afterMs;
    // A signal that nobody listens to ends the process.
    if (!signals.emit(name, name)) deaths.push(name);
  };
  return { source, send, deaths };
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s aborts the run, which ends with %i', (name, code) => {
  const { source, send, deaths } = fakeProcess();
  const interrupts = watchInterrupts(source);
  send(name);
  expect(interrupts.signal.reason).toBe(name);
  expect(interrupts.exitCode).toBe(code);
  expect(deaths).toEqual([]);
});

test('the same signal again within a second, as timeout sends it, changes nothing', () => {
  const { source, send, deaths } = fakeProcess();
  const interrupts = watchInterrupts(source);
  send('SIGTERM');
  send('SIGTERM', 1);
  send('SIGCONT');
  send('SIGTERM', 900);
  expect(interrupts.hurry.aborted).toBe(false);
  expect(deaths).toEqual(['SIGCONT']);
});

test('another one a second later means haste, and one more the end', () => {
  const { source, send, deaths } = fakeProcess();
  const interrupts = watchInterrupts(source);
  send('SIGINT');
  send('SIGINT', 1000);
  expect(interrupts.hurry.aborted).toBe(true);
  send('SIGINT', 100);
  expect(deaths).toEqual([]);
  send('SIGINT', 1000);
  expect(deaths).toEqual(['SIGINT']);
  expect(interrupts.exitCode).toBe(130);
});

test('a signal that comes again while the last lines are written does not cut them off', () => {
  const { source, send, deaths } = fakeProcess();
  const interrupts = watchInterrupts(source);
  send('SIGTERM');
  interrupts.stop();
  send('SIGTERM', 2);
  expect(deaths).toEqual([]);
});

test('a run that nobody interrupted leaves the signals as they were', () => {
  const { source, send, deaths } = fakeProcess();
  watchInterrupts(source).stop();
  send('SIGTERM');
  expect(deaths).toEqual(['SIGTERM']);
});

test('signals ignored at the start stay ignored, and are not handed on to other programs', () => {
  const env = { KAFKIT_IGNORED_SIGNALS: '  INT QUIT ' };
  const { source, send, deaths } = fakeProcess(env);
  const interrupts = watchInterrupts(source);
  expect(env).toEqual({});
  for (const name of ['SIGINT', 'SIGQUIT', 'SIGINT']) send(name, 2000);
  expect(interrupts.signal.aborted).toBe(false);
  expect(deaths).toEqual([]);
  send('SIGTERM');
  expect(interrupts.exitCode).toBe(143);
});

test('a program that nohup has started ignores the hang-up also where no shell could say so', () => {
  const { source, send } = fakeProcess({ _: '/usr/bin/nohup' });
  const interrupts = watchInterrupts(source);
  send('SIGHUP');
  expect(interrupts.signal.aborted).toBe(false);
});
