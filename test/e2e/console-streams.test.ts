import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { produceTo, readAll, runConsole, saying } from './console-run.js';
import { isolatedEnv, startKafkit } from './fixture/run-kafkit.js';
import { runProcess, type ProcessOutcome } from './fixture/run-process.js';
import { createTopic } from './fixture/topics.js';

const kafkit = new URL('../../bin/kafkit.js', import.meta.url).pathname;
let home: string;
let numbers: string;
let numbersFile: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-console-'));
  numbers = await createTopic('numbers');
  numbersFile = join(home, 'numbers.txt');
  const lines = Array.from({ length: 200_000 }, (_, index) => `${index} ${'x'.repeat(90)}\n`);
  await writeFile(numbersFile, lines.join(''));
  const outcome = await runConsole(['produce', numbers, '--file', numbersFile]);
  expect(outcome.stderr).toEqual(saying(`200000 records acknowledged in ${numbers}\n`));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Runs a shell command in which `$kafkit` is the program and `$b` its bootstrap option. */
function shell(script: string): Promise<ProcessOutcome> {
  const env = { ...isolatedEnv(home), kafkit: `${process.execPath} ${kafkit}`, b: `-b ${inject('bootstrap')}` };
  return runProcess('bash', ['-o', 'pipefail', '-c', script], { env, cwd: home, timeoutMs: 40_000 });
}

describe('standard output', () => {
  test('a file gets exactly what was produced', async () => {
    const outcome = await shell(`$kafkit console consume ${numbers} --from-beginning --exit-at-end $b > out.txt`);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect((await readFile(join(home, 'out.txt'))).equals(await readFile(numbersFile))).toBe(true);
  });

  test('a file that is appended to keeps what it had', async () => {
    await writeFile(join(home, 'more.txt'), 'kept\n');
    await shell(`$kafkit console consume ${numbers} --offset 0 --max-messages 1 $b >> more.txt`);
    expect(await readFile(join(home, 'more.txt'), 'utf8')).toMatch(/^kept\n0 x+\n$/);
  });

  test('a reader that goes away ends the run quietly', async () => {
    const outcome = await shell(`$kafkit console consume ${numbers} --from-beginning $b | head -n 2`);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toMatch(/^0 x+\n1 x+\n$/);
  });

  test.each(['pipe', 'group', 'socket', 'no records'])(
    'a reader that goes away is noticed without another write (%s)',
    async (how) => {
      const topic = await createTopic();
      if (how !== 'no records') await produceTo(topic, Array.from({ length: 1000 }, (_, index) => `${index}\n`).join(''));
      const group = how === 'group' ? `--group ${topic}` : '';
      const consume = `$kafkit console consume ${topic} --from-beginning ${group} --quiet $b`;
      // The pipes of a child of Node are sockets.
      const reader = `const child = require('child_process').spawn(process.argv[1], { shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout.once('data', (data) => { console.log(String(data).split('\\n')[0]); child.stdout.destroy(); });
      child.on('exit', (code) => process.exit(code));`;
      const script =
        how === 'socket'
          ? `node -e "${reader}" "${consume}"`
          : how === 'no records'
            ? `${consume} | sleep 2`
            : `${consume} | head -n 1`;
      expect(await shell(script)).toMatchObject({ code: 0, stdout: how === 'no records' ? '' : '0\n', stderr: '' });
    },
  );

  test('the drop-in consumer notices a reader that went away, too', async () => {
    const topic = await createTopic();
    await produceTo(topic, '1\n2\n3\n');
    const tool = new URL('../../bin/kafka-console-consumer', import.meta.url).pathname;
    const outcome = await shell(`${tool} --topic ${topic} --from-beginning --bootstrap-server ${inject('bootstrap')} | head -n 1`);
    expect(outcome).toMatchObject({ code: 0, stdout: '1\n' });
    expect(outcome.stderr).toMatch(/Unable to write to standard out, closing consumer.\nProcessed a total of 3 messages\n$/);
  });

  test('a disk that is full leaves only what was written counted, and committed', async () => {
    const topic = await createTopic();
    await produceTo(topic, Array.from({ length: 1000 }, (_, index) => `${index + 1}\n`).join(''));
    const flags = `${topic} --group ${topic} --from-beginning --commit interval --quiet $b`;
    const outcome = await shell(`(trap '' XFSZ; ulimit -f 1; $kafkit console consume ${flags} > full.txt)`);
    expect(outcome).toMatchObject({ code: 1 });
    expect(outcome.stderr).toMatch(/^error: cannot write to standard output: EFBIG.*; 283 records were written\n$/);
    const rest = await shell(`$kafkit console consume ${flags} --exit-at-end`);
    // Nothing that did not reach the disk is taken for read.
    expect(Number(rest.stdout.split('\n')[0])).toBeLessThanOrEqual(284);
  });

  test("the drop-in consumer counts on a full disk as Kafka's does: what was written, and the record that was not", async () => {
    const topic = await createTopic();
    await produceTo(topic, Array.from({ length: 1000 }, (_, index) => `${index + 1}\n`).join(''));
    const tool = new URL('../../bin/kafka-console-consumer', import.meta.url).pathname;
    const consume = `${tool} --topic ${topic} --from-beginning --bootstrap-server ${inject('bootstrap')}`;
    const outcomes = [await shell(`${consume} > /dev/full`), await shell(`(trap '' XFSZ; ulimit -f 1; ${consume} > full.txt)`)];
    for (const [index, count] of [1, 284].entries()) {
      expect(outcomes[index]?.stderr).toMatch(
        new RegExp(`Unable to write to standard out, closing consumer.\nProcessed a total of ${count} messages\n$`),
      );
      expect(outcomes[index]?.code).toBe(0);
    }
  });

  test('output that cannot be written is a failure', async () => {
    const outcome = await shell(`$kafkit console consume ${numbers} --from-beginning --exit-at-end $b > /dev/full`);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/^error: cannot write to standard output: ENOSPC.*\n$/);
  });

  test('a slow reader gets everything', async () => {
    const outcome = await shell(
      `$kafkit console consume ${numbers} --from-beginning --exit-at-end $b | (sleep 1; cat) | md5sum; md5sum < numbers.txt`,
    );
    const [first, second] = outcome.stdout.split('\n');
    expect(outcome.code).toBe(0);
    expect(first).toBe(second);
  });

  test('records are printed while they come, not when the run ends', async () => {
    const topic = await createTopic();
    const running = startKafkit(['console', 'consume', topic, '--from-beginning', '-b', inject('bootstrap')], { home });
    for (const value of ['first', 'second']) {
      await produceTo(topic, `${value}\n`);
      await running.waitFor('stdout', new RegExp(value));
    }
    running.kill('SIGINT');
    const outcome = await running.outcome;
    expect(outcome).toMatchObject({ code: 130, stdout: 'first\nsecond\n' });
    // Told of only where nothing came for as long as a broker waits.
    expect(outcome.stderr).toMatch(/^(waiting at the end of .* for new records\n)?$/);
  });

  test('SIGTERM ends with 143', async () => {
    const running = startKafkit(['console', 'consume', numbers, '--tail', '1', '-b', inject('bootstrap')], { home });
    await running.waitFor('stdout', /199999/);
    running.kill('SIGTERM');
    expect((await running.outcome).code).toBe(143);
  });
});

describe('standard input', () => {
  test('an interrupt delivers the whole lines read so far, reports, and ends with 130', async () => {
    const topic = await createTopic();
    const args = ['console', 'produce', topic, '--linger', '30s', '-b', inject('bootstrap'), '--verbose'];
    const running = startKafkit(args, { home, keepStdinOpen: true });
    running.stdin.write('one\ntwo\nhalf a li');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    running.kill('SIGINT');
    const outcome = await running.outcome;
    expect(outcome.code).toBe(130);
    expect(outcome.stderr).toContain(`2 records acknowledged in ${topic}\n`);
    expect(await readAll(topic)).toBe('one\ntwo\n');
  });

  test('lines are delivered while the input stays open', async () => {
    const topic = await createTopic();
    const running = startKafkit(['console', 'produce', topic, '-b', inject('bootstrap')], { home, keepStdinOpen: true });
    running.stdin.write('early\n');
    await expect.poll(() => readAll(topic), { timeout: 10_000 }).toBe('early\n');
    running.stdin.end('late');
    expect((await running.outcome).code).toBe(0);
    expect(await readAll(topic)).toBe('early\nlate\n');
  });

  test('a pipe, a file and a named pipe are read alike', async () => {
    const topic = await createTopic();
    const script = `mkfifo pipe && (echo from fifo > pipe &) && $kafkit console produce ${topic} --file pipe $b --quiet &&
      echo from pipe | $kafkit console produce ${topic} $b --quiet &&
      echo from file > one.txt && $kafkit console produce ${topic} $b --quiet < one.txt &&
      $kafkit console produce ${topic} $b --quiet < /dev/null`;
    expect(await shell(script)).toMatchObject({ code: 0, stderr: '' });
    expect(await readAll(topic)).toBe('from fifo\nfrom pipe\nfrom file\n');
  });
});

test('memory stays flat, whatever passes through', async () => {
  const topic = await createTopic();
  const producer = await peakMemory(
    `yes $(printf 'y%.0s' {1..500}) | head -c 300000000 | $time $kafkit console produce ${topic} $b`,
  );
  const consumer = await peakMemory(`$time $kafkit console consume ${topic} --from-beginning --exit-at-end $b | md5sum`);
  expect(producer).toBeLessThan(150);
  expect(consumer).toBeLessThan(150);
});

/** Megabytes of resident memory that the command in front of which `$time` stands had at most. */
async function peakMemory(script: string): Promise<number> {
  const env = { ...isolatedEnv(home), kafkit: `${process.execPath} ${kafkit}`, b: `-b ${inject('bootstrap')}` };
  const child = spawn('bash', ['-c', script.replace('$time ', '')], { env, cwd: home, stdio: 'ignore', detached: true });
  let peak = 0;
  const watch = setInterval(() => void kafkitMemory(child.pid ?? 0).then((now) => (peak = Math.max(peak, now))), 50);
  try {
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    return peak;
  } finally {
    clearInterval(watch);
  }
}

async function kafkitMemory(group: number): Promise<number> {
  const listing = await runProcess('ps', ['-e', '-o', 'pgid=,rss=,args='], { env: process.env, timeoutMs: 5000 });
  const line = listing.stdout
    .split('\n')
    .find((each) => each.trim().startsWith(`${group} `) && each.includes(kafkit) && !each.includes('bash'));
  return Number(/^\s*\d+\s+(\d+)/.exec(line ?? '')?.[1] ?? 0) / 1024;
}
