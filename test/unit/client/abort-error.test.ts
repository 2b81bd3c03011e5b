import { expect, test } from 'vitest';
import { abortError } from '../../../src/client/connection-error.js';
import { CliError } from '../../../src/core/errors.js';

function expired(): AbortSignal {
  const deadline = new AbortController();
  deadline.abort(new CliError('timeout', 'not done within 3s', { hint: 'give it longer' }));
  return AbortSignal.any([deadline.signal, new AbortController().signal]);
}

test('what was waited for when time ran out is said by whoever fails for it, too', () => {
  const signal = expired();
  expect(abortError(signal)).toMatchObject({ code: 'timeout', message: 'not done within 3s' });
  const first = abortError(signal, 'no answer from broker-1:9092 to ListGroups');
  expect(first).toMatchObject({
    message: 'not done within 3s: no answer from broker-1:9092 to ListGroups',
    hint: 'give it longer',
  });
  expect(abortError(signal).message).toBe(first.message);
  expect(abortError(signal, 'still connecting to broker-2:9092').message).toBe(first.message);
  expect(abortError(expired()).message).toBe('not done within 3s');
});

test('an interrupt is told as such, whatever was waited for', () => {
  const signal = AbortSignal.abort('SIGINT');
  expect(abortError(signal, 'no answer from broker-1:9092 to ListGroups')).toMatchObject({
    code: 'aborted',
    message: 'interrupted',
  });
});
