import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { isolatedEnv, runKafkit, startKafkit } from './fixture/run-kafkit.js';
import { createTopic } from './fixture/topics.js';

const bin = new URL('../../bin/kafkit.js', import.meta.url).pathname;

/** Runs a shell line with the program as $KAFKIT; tells what the line printed and how it ended. */
function shell(line: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...isolatedEnv(tmpdir()), KAFKIT: `${process.execPath} ${bin}`, KAFKIT_BOOTSTRAP_SERVER: inject('bootstrap') };
  return new Promise((resolve, reject) => {
    execFile('bash', ['-c', line], { env, timeout: 30_000 }, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
      else reject(new Error(`the shell did not end by itself: ${error.message}`, { cause: error }));
    });
  });
}

describe('help', () => {
  test('kafkit alone, and a noun alone, print help to stderr and end with 2', async () => {
    for (const args of [[], ['topics']]) {
      const outcome = await runKafkit(args);
      expect(outcome).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: kafkit') as string });
    }
  });

  test('--help and help print to stdout and end with 0', async () => {
    for (const args of [['--help'], ['topics', 'create', '--help'], ['help', 'topics', 'create']]) {
      const outcome = await runKafkit(args);
      expect(outcome).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(/^Usage: kafkit[^]*\nExamples:\n/) as string,
      });
    }
    expect((await runKafkit(['help', 'topics', 'create'])).stdout).toContain('Usage: kafkit topics create ');
  });

  test('the version is that of the package', async () => {
    expect(await runKafkit(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
  });
});

describe('usage errors end with 2 before anything is sent', () => {
  test.each([
    { args: ['topcs'], says: "error: unknown command 'topcs'\nhint: did you mean topics?\n" },
    { args: ['topics', 'list', '--intrnal'], says: "error: unknown option '--intrnal'\nhint: did you mean --internal?\n" },
    { args: ['topics', 'create'], says: 'error: no topic is named\nhint: name one: kafkit topics create TOPIC\n' },
    { args: ['topics', 'create', 'x', '--config', 'foo'], says: "error: --config 'foo' has no '='; write --config foo=VALUE\n" },
    {
      args: ['topics', 'create', 'a b', '..'],
      says: "error: topic name 'a b' contains ' '; only letters, digits, '.', '_' and '-' are allowed\n'..' cannot be a topic name\n",
    },
    {
      args: ['topics', 'list', '/(/'],
      says:
        "error: '/(/' is not a regular expression: Unterminated group\n" +
        "hint: a regular expression stands between slashes, for example '/^(orders|bills)-/'\n",
    },
    { args: ['topics', 'list', '--timeout', '30'], says: "error: --timeout '30' has no unit\nhint: --timeout 30s is 30 seconds\n" },
    {
      args: ['topics', 'list', '--timeout', 'soon'],
      says: "error: --timeout 'soon' is no duration\nhint: write a number with a unit (500ms, 30s, 5m, 1.5h, 7d), 1h30m or PT1H30M\n",
    },
    {
      args: ['topics', 'alter', 'x'],
      says: 'error: nothing to change is named\nhint: give --partitions, --config or --delete-config\n',
    },
  ])('$args', async ({ args, says }) => {
    // Nobody listens there: a request would fail in another way.
    expect(await runKafkit([...args, '-b', '127.0.0.1:1'])).toMatchObject({ code: 2, stdout: '', stderr: says });
  });

  test('control characters of the command line are escaped', async () => {
    const outcome = await runKafkit(['topics', 'create', 'a\u001b[31mb', '-b', '127.0.0.1:1']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain("topic name 'a\\x1b[31mb' contains '\\x1b'");
  });
});

describe('the connection', () => {
  test('an address that nobody listens at is an error that names it', async () => {
    const outcome = await runKafkit(['topics', 'list', '-b', '127.0.0.1:1', '--timeout', '10s']);
    expect(outcome).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('127.0.0.1:1') as string });
  });

  test('--timeout ends a run that waits for an answer, and says whose', async () => {
    const { createServer } = await import('node:net');
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const started = Date.now();
    const outcome = await runKafkit(['topics', 'list', '-b', `127.0.0.1:${port}`, '--timeout', '3s']);
    server.close();
    expect(outcome).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^error: 127.0.0.1:${port} takes connections .*no answer to ApiVersions`)) as string,
    });
    expect(Date.now() - started).toBeLessThan(8000);
  });

  test('-b may stand anywhere, and the last one counts', async () => {
    const topic = await createTopic('anywhere');
    const bootstrap = inject('bootstrap');
    for (const args of [
      ['-b', bootstrap, 'topics', 'list', topic],
      ['topics', '-b', bootstrap, 'list', topic],
      ['topics', 'list', '-b', bootstrap, topic],
      ['-b', '127.0.0.1:1', 'topics', 'list', topic, '--bootstrap-server', bootstrap],
    ]) {
      expect(await runKafkit(args)).toMatchObject({ code: 0, stdout: `TOPIC\n${topic}\n` });
    }
  });
});

describe('streams', () => {
  test('a reader that goes away is no error', async () => {
    const topic = await createTopic('head', { partitions: 200 });
    expect(await shell(`$KAFKIT topics describe ${topic} -o json | head -1; echo "\${PIPESTATUS[0]}"`)).toEqual({
      code: 0,
      stdout: '{\n0\n',
      stderr: '',
    });
  });

  test('a full disk is an error', async () => {
    for (const words of ['topics list', '--help']) {
      expect(await shell(`$KAFKIT ${words} > /dev/full`)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^error: cannot write to standard output: .*ENOSPC/) as string,
      });
    }
  });

  test('closed standard streams do not matter', async () => {
    expect(await shell('$KAFKIT topics list <&-')).toMatchObject({ code: 0, stderr: '' });
    expect(await shell('$KAFKIT topics list >&-')).toMatchObject({ code: 0, stdout: '' });
    expect(await shell('$KAFKIT topics describe no-such-topic 2>&-')).toMatchObject({ code: 1, stdout: '' });
  });

  test('output is whole when it is much larger than a pipe', async () => {
    const topic = await createTopic('large', { partitions: 500 });
    const { code, stdout } = await shell(`$KAFKIT topics describe ${topic} -o json | (sleep 0.5; cat)`);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as { topics: { partitions: unknown[] }[] };
    expect(document.topics[0]?.partitions).toHaveLength(500);
  });

  test('nothing but data is printed to a pipe: no colours, no spinner', async () => {
    const topic = await createTopic('plain');
    const { stdout, stderr } = await shell(`$KAFKIT topics describe ${topic}`);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toBe('');
  });
});

describe('interrupts', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends a waiting run with %i and nothing on stdout', async (signal, code) => {
    const { createServer } = await import('node:net');
    const home = await mkdtemp(join(tmpdir(), 'kafkit-home-'));
    const server = createServer().listen(0, '127.0.0.1');
    const connected = new Promise((resolve) => server.once('connection', resolve));
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const run = startKafkit(['topics', 'list', '-b', `127.0.0.1:${port}`], { home });
    await connected;
    run.kill(signal);
    expect(await run.outcome).toMatchObject({ code, signal: null, stdout: '', stderr: '' });
    server.close();
    await rm(home, { recursive: true, force: true });
  });
});
