import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { commitOffsets } from '../../src/client/groups/commit-offsets.js';
import { startConsumer } from './console-group-run.js';
import { produceTo, runConsole } from './console-run.js';
import { runKafkit, startKafkit } from './fixture/run-kafkit.js';
import type { RunningProcess } from './fixture/run-process.js';
import { createTopic } from './fixture/topics.js';
import { testCluster } from './producer-run.js';
import { uniqueName } from './fixture/unique-name.js';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-ends-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** A topic with two records and, behind them, one of a transaction that stays open until the input of its producer ends. */
async function heldTopic(): Promise<{ topic: string; producer: RunningProcess }> {
  const topic = await createTopic('held');
  await produceTo(topic, 'a\nb\n');
  const args = ['console', 'produce', topic, '--transactional-id', uniqueName('tx'), '-b', inject('bootstrap')];
  const producer = startKafkit(args, { home, keepStdinOpen: true });
  onTestFinished(() => producer.kill('SIGKILL'));
  producer.stdin.write('held\n');
  await expect
    .poll(async () => (await runConsole(['consume', topic, '--offset', '0', '--exit-at-end'])).stdout)
    .toBe('a\nb\nheld\n');
  return { topic, producer };
}

const committed = ['--isolation-level', 'read_committed'];

describe('with read_committed, an open transaction before the end', () => {
  test.each(['--until-offset 3', '--until-offset latest', '--until-time now', '--to-offsets'])(
    'is waited for where the end was named (%s), and told of',
    async (flags) => {
      const { topic, producer } = await heldTopic();
      const file = join(home, `${topic}.json`);
      await writeFile(file, JSON.stringify({ version: 1, partitions: [{ topic, partition: 0, offset: 3 }] }));
      const end = flags === '--to-offsets' ? [flags, file] : flags.split(' ').map((word) => (word === 'now' ? '-0s' : word));
      const running = await startConsumer(topic, ...end, ...committed);
      await running.waitFor(
        'stderr',
        new RegExp(`waiting for the outcome of open transactions: partition ${topic}-0 stands at offset 2 of 3\n`),
      );
      producer.stdin.end();
      const outcome = await running.outcome;
      expect(outcome).toMatchObject({ code: 0, stdout: 'a\nb\nheld\n' });
    },
  );

  test('only --exit-at-end ends before it, and says how much is held back', async () => {
    const { topic } = await heldTopic();
    const held = `partition ${topic}-0: 1 offset is held back by open transactions, from offset 2 on\n`;
    expect(await runConsole(['consume', topic, '--exit-at-end', ...committed])).toMatchObject({
      code: 0,
      stdout: 'a\nb\n',
      stderr: held,
    });
    const group = ['--group', uniqueName('held'), '--from-beginning', '--exit-at-end', ...committed];
    expect(await runConsole(['consume', topic, ...group])).toMatchObject({ code: 0, stdout: 'a\nb\n', stderr: held });
  });

  test.each([
    ['--until-offset', '3'],
    ['--from-beginning', '--max-messages', '3'],
    ['--from-beginning', '--group', 'g', '--max-messages', '3'],
  ])('makes giving up on a named end a failure (%s %s %s)', async (...flags) => {
    const { topic } = await heldTopic();
    const words = flags.map((word) => (word === 'g' ? uniqueName('held') : word));
    const outcome = await runConsole(['consume', topic, ...words, '--idle-timeout', '2s', ...committed]);
    expect(outcome).toMatchObject({ code: 1, stdout: 'a\nb\n' });
    expect(outcome.stderr).toContain(
      `error: an open transaction holds back records that were asked for: ${topic}-0 at offset 2 of 3\n`,
    );
  });
});

describe('a reader that has nothing to read', () => {
  test.each([[[]], [['--max-messages', '1']], [['--group', 'g']], [['--from-time', '-0s']]])(
    'says that it waits at the end (%j)',
    async (flags) => {
      const topic = await createTopic('waiting', { partitions: 2 });
      await produceTo(topic, 'old\n', '--partition', '0');
      const running = await startConsumer(topic, ...flags.map((word) => (word === 'g' ? uniqueName('waiting') : word)));
      await running.waitFor('stderr', new RegExp(`^waiting at the end of ${topic}-0,1 for new records\n$`));
      await produceTo(topic, 'new\n');
      await running.waitFor('stdout', /new/);
      running.kill('SIGINT');
      expect((await running.outcome).stdout).toBe('new\n');
    },
  );

  test('says which stop it waits for', async () => {
    const topic = await createTopic('waiting');
    await produceTo(topic, 'a\n');
    const running = await startConsumer(topic, '--until-offset', '2');
    await running.waitFor(
      'stderr',
      new RegExp(`^waiting for records up to the stop: partition ${topic}-0 ends at offset 1 of 2\n$`),
    );
    await produceTo(topic, 'b\nc\n');
    expect(await running.outcome).toMatchObject({ code: 0, stdout: 'a\nb\n' });
  });

  test.each([
    [['--offset', '7'], (topic: string) => `offset 7 lies behind the end of partition ${topic}-0, which is 1\nnothing to read\n`],
    [
      ['--from-time', '2033-03-03T03:03:03Z'],
      () =>
        "warning: --from-time '2033-03-03T03:03:03Z' lies in the future\n" +
        'nothing to read: no record is as new as 2033-03-03T03:03:03.000Z\n',
    ],
    [['--offset', 'latest'], () => ''],
    [['--tail', '0'], () => ''],
  ] as const)('and is to stop at the end says so: %j', async (flags, said) => {
    const topic = await createTopic('waiting');
    await produceTo(topic, 'a\n');
    expect(await runConsole(['consume', topic, ...flags, '--exit-at-end'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: said(topic),
    });
  });

  test('between start and stop says what is there', async () => {
    const topic = await createTopic('waiting');
    await produceTo(topic, 'a\n', '--transactional-id', uniqueName('tx'));
    const outcome = await runConsole(['consume', topic, '--offset', 'end-1', '--exit-at-end']);
    expect(outcome).toMatchObject({ code: 0, stdout: '' });
    expect(outcome.stderr).toMatch(new RegExp(`^no record stands between start and stop of ${topic}-0, only ends of transactions`));
  });

  test('says in a group when no partition is left for it', async () => {
    const topic = await createTopic('waiting');
    const group = uniqueName('crowded');
    const first = await startConsumer(topic, '--group', group);
    await first.waitFor('stderr', /waiting at the end/);
    const second = await startConsumer(topic, '--group', group);
    const both = Promise.race([first, second].map((each) => each.waitFor('stderr', /gives no partition to this member/)));
    await both;
    for (const each of [first, second]) each.kill('SIGINT');
    await Promise.all([first.outcome, second.outcome]);
  });
});

test('--tail counts records, not the ends of transactions', async () => {
  const topic = await createTopic('tail');
  for (const value of ['a', 'b', 'c']) await produceTo(topic, `${value}\n`, '--transactional-id', uniqueName('tx'));
  for (const [count, expected] of [
    [1, 'c\n'],
    [2, 'b\nc\n'],
    [9, 'a\nb\nc\n'],
  ] as const) {
    for (const extra of [[], committed]) {
      const outcome = await runConsole(['consume', topic, '--tail', String(count), '--exit-at-end', ...extra]);
      expect(outcome).toMatchObject({ code: 0, stdout: expected, stderr: '' });
    }
  }
});

test('a topic that is followed is read in the partitions that are added to it, from their beginning', async () => {
  const topic = await createTopic('growing');
  await produceTo(topic, 'old\n');
  const all = await startConsumer(topic);
  const one = await startConsumer(topic, '--partition', '0');
  await Promise.all([all, one].map((each) => each.waitFor('stderr', /waiting at the end/)));
  const grown = await runKafkit(['topics', 'alter', topic, '--partitions', '2', '--yes', '-b', inject('bootstrap')]);
  expect(grown.code).toBe(0);
  await produceTo(topic, 'first\n', '--partition', '1');
  await all.waitFor('stdout', /first/);
  await produceTo(topic, 'second\n', '--partition', '1');
  await produceTo(topic, 'third\n', '--partition', '0');
  await Promise.all([all, one].map((each) => each.waitFor('stdout', /third/)));
  for (const each of [all, one]) each.kill('SIGINT');
  const [grownOutcome, oneOutcome] = await Promise.all([all.outcome, one.outcome]);
  expect(grownOutcome.stdout.split('\n').sort()).toEqual(['', 'first', 'second', 'third']);
  expect(grownOutcome.stderr).toContain(`new partitions: ${topic}-1; reading them from their beginning\n`);
  expect(oneOutcome.stdout).toBe('third\n');
});

test('where nothing is left before a start, the log is said to start where it does', async () => {
  const topic = await createTopic('cut');
  await produceTo(topic, 'a\nb\nc\nd\n');
  const file = join(home, 'cut.json');
  await writeFile(file, JSON.stringify({ version: 1, partitions: [{ topic, partition: 0, offset: 3 }] }));
  await runKafkit(['records', 'delete', '--offset-json-file', file, '--yes', '-b', inject('bootstrap')]);
  const outcome = await runConsole(['consume', topic, '--offset', '0', '--until-offset', '2']);
  expect(outcome).toMatchObject({ code: 0, stdout: '' });
  expect(outcome.stderr).toContain(`warning: partition ${topic}-0 starts at offset 3; the 2 asked for before it are gone\n`);
});

describe('a topic that was created again while a group', () => {
  async function recreate(topic: string): Promise<void> {
    const b = ['-b', inject('bootstrap')];
    expect((await runKafkit(['topics', 'delete', topic, '--yes', ...b])).code).toBe(0);
    await expect
      .poll(async () => (await runKafkit(['topics', 'create', topic, '--partitions', '1', ...b])).code, { timeout: 15_000 })
      .toBe(0);
  }

  test('reads it is called that, not a log that was cut', async () => {
    const topic = await createTopic('again');
    await produceTo(topic, 'a\nb\nc\nd\ne\n');
    const running = await startConsumer(topic, '--group', uniqueName('again'), '--from-beginning');
    await running.waitFor('stdout', /e\n/);
    await recreate(topic);
    await produceTo(topic, 'new\n');
    await running.waitFor('stdout', /new/);
    running.kill('SIGINT');
    const { stderr } = await running.outcome;
    expect(stderr).toContain(`partition ${topic}-0: topic '${topic}' was deleted and created again`);
    expect(stderr).not.toContain('no longer in the log');
  });

  test('does not read it, with a commit behind its end, is called that', async () => {
    const topic = await createTopic('again');
    const group = uniqueName('again');
    await produceTo(topic, 'new\n');
    await commitOffsets(testCluster(), group, [{ topic, partition: 0, offset: 5n, leaderEpoch: undefined, topicId: undefined }]);
    const outcome = await runConsole(['consume', topic, '--group', group, '--from-beginning', '--exit-at-end']);
    expect(outcome).toMatchObject({ code: 0, stdout: 'new\n' });
    const what = 'offset 5 lies behind the end of the log: the topic was created again, or records were lost';
    expect(outcome.stderr).toBe(`warning: partition ${topic}-0: ${what}; going on at 0\n`);
  });
});
