import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { DeclaredBroker } from '../load/declared-broker.js';
import { isolatedEnv } from './fixture/run-kafkit.js';
import { runProcess } from './fixture/run-process.js';
import { createTopic, produceRecords } from './fixture/topics.js';
import { hostile, startHostileBroker } from './hostile-broker.js';

let folder = '';
let broker: DeclaredBroker;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-terminal-'));
  broker = await startHostileBroker();
});

afterAll(async () => {
  broker.stop();
  await rm(folder, { recursive: true, force: true });
});

const program = fileURLToPath(new URL('../../bin/kafkit.js', import.meta.url));

/** What the program sends to a terminal: `script` gives it one, for both of its streams. */
async function shown(args: readonly string[], stdin = ''): Promise<string> {
  const quoted = [process.execPath, program, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const env = { ...isolatedEnv(folder), TERM: 'xterm', SHELL: '/bin/sh' };
  const outcome = await runProcess('script', ['-qec', quoted, '/dev/null'], { env, cwd: folder, timeoutMs: 30_000, stdin });
  return outcome.stdout;
}

// What the hostile texts are made of, and nothing that colours, spinners or prompts of ours use.
// eslint-disable-next-line no-control-regex -- control characters are the point
const driven = /\u001b\]|\u0007|\u001b\[2J|\u001b\[31;5m|[\u0080-\u009f]|\u202e|\u0000|X\r/;

const wire: readonly (readonly string[])[] = [
  ['topics', 'list'],
  ['topics', 'list', '-o', 'names'],
  ['topics', 'list', '-o', 'json'],
  ['topics', 'list', '-o', 'csv'],
  ['topics', 'describe'],
  ['topics', 'describe', '-o', 'wide'],
  ['topics', 'describe', '-o', 'jsonl'],
  ['topics', 'create', 'x'],
  ['topics', 'create', 'x', '-o', 'json'],
  ['topics', 'delete', 'x', '--yes'],
  ['offsets', 'get'],
  ['groups', 'list'],
  ['groups', 'list', '-o', 'csv'],
  ['groups', 'members', hostile.replace('\u0000', '')],
  ['groups', 'describe', 'no-such-group'],
  ['topics', 'list', '--debug'],
];

test('no text of a broker drives the terminal, whatever the command and the form of its output', async () => {
  const outputs = await Promise.all(
    wire.map(async (args) => ({ args, text: await shown([...args, '-b', broker.address, '--timeout', '10s']) })),
  );
  const wrong = outputs
    .filter(({ text }) => driven.test(text))
    .map(({ args, text }) => `${args.join(' ')}: ${JSON.stringify(text)}`);
  expect(wrong, wrong.join('\n')).toEqual([]);
  // They were shown, only as text.
  const tamed = outputs.filter(({ text }) => /\\x1b|\\u001b/.test(text));
  expect(tamed.length).toBeGreaterThan(10);
});

test('a question about topics of such names, and its plan, show them as text', async () => {
  const text = await shown(['topics', 'delete', '*', '-b', broker.address, '--timeout', '10s'], 'n\n');
  expect(text).not.toMatch(driven);
  expect(text).toContain('\\x1b]0;pwned');
});

test('no record drives the terminal: not by its value, its key, its headers or its group', async () => {
  const topic = await createTopic('hostile');
  await produceRecords(topic, [{ key: hostile, value: hostile, headers: { [hostile]: hostile } }]);
  const at = ['-b', inject('bootstrap')];
  const read = ['console', 'consume', topic, '--from-beginning', '--exit-at-end', ...at];
  const texts = await Promise.all([
    shown(read),
    shown([...read, '--print', 'headers,key,value']),
    shown([...read, '-f', '%k %v %h\\n']),
    shown([...read, '-o', 'json']),
    shown([...read, '-o', 'table']),
    shown([...read, '--group', `g${hostile.replace('\u0000', '')}`, '--verbose']),
  ]);
  for (const text of texts) expect(text).not.toMatch(driven);
  expect(texts[0]).toContain('\\x1b]0;pwned');
}, 60_000);

test('what a command line or a file says wrong is shown as text', async () => {
  const word = hostile.replace('\u0000', '');
  const texts = await Promise.all([
    shown(['topics', word]),
    shown([word]),
    shown(['topics', 'list', `--${word}`]),
    shown(['topics', 'list', '-b', `${word}:9`]),
    shown(['topics', 'list', '-b', broker.address, '--command-config', word]),
    shown(['topics', 'list', '-b', broker.address, '--timeout', word]),
    shown(['groups', 'import', word, '-b', broker.address]),
  ]);
  for (const text of texts) expect(text).not.toMatch(driven);
});
