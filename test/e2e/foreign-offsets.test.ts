import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createTopic, withAdmin } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { commit, committed, fill, kafkit } from './groups-run.js';

/** A topic and the export of a group that read ten records of the topic that had its name before. */
async function recreated(): Promise<{ topic: string; group: string; cwd: string }> {
  const cwd = await mkdtemp(join(tmpdir(), 'kafkit-foreign-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const topic = await createTopic('foreign');
  const group = uniqueName('foreign');
  await fill(topic, [10]);
  await commit(group, topic, [2]);
  await writeFile(join(cwd, 'before.json'), (await kafkit(['groups', 'export', group])).stdout);
  await withAdmin(undefined, (admin) => admin.deleteTopics({ topics: [topic] }));
  expect(await kafkit(['topics', 'create', topic, '--partitions', '1', '--replication-factor', '1'])).toMatchObject({ code: 0 });
  await fill(topic, [3]);
  return { topic, group, cwd };
}

test('a file of a topic that was created anew is refused by every command that would use it, and used by force', async () => {
  const { topic, group, cwd } = await recreated();
  const copy = uniqueName('copy');
  const commands = [
    ['groups', 'import', 'before.json', '--group', copy, '--yes'],
    ['groups', 'reset-offsets', group, '--from-file', 'before.json', '--yes'],
    ['console', 'consume', '--from-offsets', 'before.json', '--exit-at-end'],
    ['console', 'consume', '--to-offsets', 'before.json'],
    ['records', 'delete', '--offset-json-file', 'before.json', '--yes'],
  ];
  for (const args of commands) {
    expect(await kafkit(args, { cwd }), args.join(' ')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`topic '${topic}' was created anew since the file was written`) as string,
    });
  }
  expect(await kafkit(['offsets', 'diff', 'before.json', '--to', 'latest'], { cwd })).toMatchObject({
    code: 3,
    stdout: expect.stringContaining('other-topic') as string,
  });
  for (const args of commands) expect(await kafkit([...args, '--force'], { cwd }), args.join(' ')).toMatchObject({ code: 0 });
  expect(await committed(copy, topic)).toEqual([2]);
});

test('offsets outside the log are not committed, wherever the file is from', async () => {
  const topic = await createTopic('outside');
  const group = uniqueName('outside');
  const cwd = await mkdtemp(join(tmpdir(), 'kafkit-outside-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  await fill(topic, [3]);
  await writeFile(join(cwd, 'cut.csv'), `${topic},0,10\n`);
  const reset = ['groups', 'reset-offsets', group, '--from-file', 'cut.csv', '--yes'];
  expect(await kafkit(reset, { cwd })).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining(`${topic}-0 has the offset 10, which lies beyond the end of the log at 3`) as string,
  });
  expect(await kafkit([...reset, '--force'], { cwd })).toMatchObject({ code: 0 });
  expect(await committed(group, topic)).toEqual([3]);
});
