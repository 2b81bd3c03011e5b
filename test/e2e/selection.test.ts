import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createTopic } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { commit, fill, kafkaGroups, kafkit } from './groups-run.js';

const unclosed = "error: '/[' begins like a regular expression, and has no '/' at its end\n";

describe('a broken regular expression is a usage error in every command', () => {
  test.each([
    'topics list /[',
    'topics describe /[',
    'topics alter /[ --partitions 3 --yes',
    'topics delete /[ --yes',
    'console consume /[',
    'console consume /[ --group g',
    'console consume orders --group /[',
    'console produce /[',
    'groups list /[',
    'groups describe /[',
    'groups members /[',
    'groups export /[',
    'groups delete /[ --yes',
    'groups delete-offsets /[ --topic orders --yes',
    'groups delete-offsets g --topic /[ --yes',
    'groups reset-offsets /[ --topic orders --to-latest --yes',
    'groups reset-offsets g --topic /[ --to-latest --yes',
    'groups reset-offsets g --from-group /[ --yes',
    'lag list /[',
    'lag describe /[',
    'offsets get /[',
    'records delete /[ --to-end --yes',
  ])('%s', async (line) => {
    // Nobody listens there: what is wrong with a word is said before a broker is asked.
    const { code, stdout, stderr } = await kafkit([...line.split(' '), '-b', '127.0.0.1:1', '--timeout', '10s']);
    expect(stderr).toContain(unclosed);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('a name that no topic can have is refused before a broker is asked', () => {
  test.each([
    'topics list a,b',
    'topics describe or:ders',
    'topics create a*',
    'topics delete a/b --yes',
    'topics delete a* --literal --yes',
    'topics alter a+b --partitions 3 --yes',
    'console consume a,b',
    'console produce a/b',
    'groups reset-offsets g --topic a+b --to-latest --yes',
    'groups delete-offsets g --topic a,b --yes',
    'offsets get a/b',
    'records delete a+b --to-end --yes',
  ])('%s', async (line) => {
    const { code, stdout, stderr } = await kafkit([...line.split(' '), '-b', '127.0.0.1:1', '--timeout', '10s']);
    expect(stderr).toContain("only letters, digits, '.', '_' and '-' are allowed\n");
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

test.each([
  ['console consume e*', "one topic is needed, and 'e*' is a pattern"],
  ['console produce e*', "one topic is needed, and 'e*' is a pattern"],
  ['console consume e --group b*', "--group takes the name of one group, and 'b*' is a pattern"],
  ['groups delete-offsets b* --topic e --yes', "delete-offsets takes the name of one group, and 'b*' is a pattern"],
  ['groups reset-offsets b --from-group b* --yes', "--from-group takes the name of one group, and 'b*' is a pattern"],
])('%s takes no pattern and says so', async (line, message) => {
  const { code, stderr } = await kafkit([...line.split(' '), '-b', '127.0.0.1:1', '--timeout', '10s']);
  expect(stderr).toMatch(new RegExp(`^error: ${message.replaceAll(/[*?]/g, '\\$&')}\nhint: .*kafkit`));
  expect(code).toBe(2);
});

test('patterns pick groups in every command that reads them, and nothing is an error that names the pattern', async () => {
  const topic = await createTopic('pick');
  const prefix = uniqueName('pick');
  for (const name of [`${prefix}.a`, `${prefix}.b`, `${prefix}-c`]) await commit(name, topic, [0]);
  const both = [`${prefix}.a`, `${prefix}.b`];
  for (const command of ['groups list', 'groups describe', 'groups export', 'lag list', 'lag describe']) {
    for (const word of [`${prefix}.*`, `/^${prefix}[.].$/`]) {
      const { code, stdout, stderr } = await kafkit([...command.split(' '), word, '-o', 'names']);
      expect({ command, word, code, stderr, names: stdout.trim().split('\n') }).toMatchObject({ code: 0, stderr: '', names: both });
    }
  }
  expect(await kafkit(['groups', 'members', `${prefix}.*`])).toMatchObject({
    code: 0,
    stderr: both.map((name) => `nobody is in group '${name}' (Empty)\n`).join(''),
  });
  for (const command of ['groups describe', 'groups members', 'groups export', 'groups delete', 'lag describe']) {
    expect(await kafkit([...command.split(' '), `${prefix}.x*`])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        `^error: no group matches '${prefix}[.]x[*]'\nhint: see which groups exist: kafkit groups list\n`,
      ) as string,
    });
  }
  expect(await kafkit(['lag', 'list', `${prefix}.x*`])).toMatchObject({
    code: 0,
    stdout: '',
    stderr: `no group matches '${prefix}.x*'\n`,
  });
});

test('no group is created whose name is a pattern or holds a slash, unless it is meant literally', async () => {
  const topic = await createTopic('literal');
  await fill(topic, [3]);
  const prefix = uniqueName('literal');
  const reset = (...words: string[]) => kafkit(['groups', 'reset-offsets', ...words, '--topic', topic, '--to-latest', '--yes']);
  expect(await reset(`${prefix}*`)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`no group matches '${prefix}*'`) as string,
  });
  for (const name of [`/${prefix}`, `${prefix}/`, `${prefix}/x`]) {
    expect(await reset(name)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--literal') as string });
    expect(await kafkit(['console', 'consume', topic, '--group', name, '--exit-at-end'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--literal') as string,
    });
  }
  const folder = await mkdtemp(join(tmpdir(), 'kafkit-selection-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'offsets.json');
  await writeFile(file, JSON.stringify({ version: 1, group: `${prefix}?`, partitions: [{ topic, partition: 0, offset: 1 }] }));
  expect(await kafkit(['groups', 'import', file, '--yes'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`group '${prefix}?' does not exist, and is not created`) as string,
  });
  expect(await kafkaGroups('--list')).not.toContain(prefix);

  expect(await reset(`${prefix}*`, '--literal')).toMatchObject({ code: 0 });
  expect(await reset(`${prefix}-other`)).toMatchObject({ code: 0 });
  // Now the word is the name of a group, and a pattern that matches another one as well.
  expect(await kafkit(['groups', 'delete', `${prefix}*`, '--yes'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--literal') as string,
  });
  expect(await kafkit(['groups', 'describe', `${prefix}*`, '--literal', '-o', 'names'])).toMatchObject({
    code: 0,
    stdout: `${prefix}*\n`,
  });
  expect(await kafkit(['groups', 'delete', `${prefix}*`, '--literal', '--yes', '-o', 'names'])).toMatchObject({
    code: 0,
    stdout: `${prefix}*\n`,
  });
  expect((await kafkaGroups('--list')).split('\n').filter((name) => name.includes(prefix))).toEqual([`${prefix}-other`]);
});

test('a change shows what a pattern matches, and makes it for these groups alone', async () => {
  const topic = await createTopic('change');
  await fill(topic, [3]);
  const prefix = uniqueName('change');
  for (const name of [`${prefix}.a`, `${prefix}.b`, `${prefix}-c`]) await commit(name, topic, [1]);
  const words = ['groups', 'reset-offsets', `${prefix}.?`, '--topic', `${topic}*`, '--to-latest'];
  const plan = await kafkit([...words, '--dry-run', '-o', 'csv']);
  expect(
    plan.stdout
      .split('\n')
      .slice(1, 3)
      .map((line) => line.split(',').slice(0, 2)),
  ).toEqual([
    [`${prefix}.a`, topic],
    [`${prefix}.b`, topic],
  ]);
  expect(await kafkit([...words, '--yes'])).toMatchObject({ code: 0 });
  const { stdout } = await kafkit(['groups', 'export', `${prefix}*`, '-o', 'csv']);
  expect(stdout.trim().split('\n')).toEqual([`${prefix}-c,${topic},0,1`, `${prefix}.a,${topic},0,3`, `${prefix}.b,${topic},0,3`]);
});

test('a member does not wait for topics of a pattern that matches none', async () => {
  expect(await kafkit(['console', 'consume', 'no-such-*', '--group', uniqueName('waits')])).toMatchObject({
    code: 1,
    stderr: "error: no topic matches 'no-such-*'\nhint: see which topics exist: kafkit topics list\n",
  });
});
