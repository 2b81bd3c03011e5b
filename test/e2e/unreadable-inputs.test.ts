import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { failing, produceTo, readRecords, runConsole, saying } from './console-run.js';
import { isolatedEnv, runKafkit } from './fixture/run-kafkit.js';
import { runProcess, type ProcessOutcome } from './fixture/run-process.js';
import { createTopic } from './fixture/topics.js';

const bin = new URL('../../bin/', import.meta.url).pathname;
const mark = '\ufeff';
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-inputs-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Runs a shell command in which `$bin` is the folder of the programs and `$B` the broker. */
function shell(script: string): Promise<ProcessOutcome> {
  const env = { ...isolatedEnv(home), bin: `${process.execPath} ${bin}`, B: inject('bootstrap') };
  return runProcess('bash', ['-c', script], { env, cwd: home, timeoutMs: 40_000 });
}

async function file(name: string, text: string): Promise<string> {
  const path = join(home, name);
  await writeFile(path, text);
  return path;
}

describe('what cannot be read is told, and ends with 1', () => {
  test.each([
    ['a folder as standard input', '</', 'cannot read standard input: it is a folder'],
    ['a folder as a file', '--file /', 'cannot read /: it is a folder'],
    ['a file that is not there', '--file none', 'cannot read none: there is no such file or folder'],
  ])('%s', async (_title, input, message) => {
    const topic = await createTopic('unread');
    for (const form of ['lines', 'jsonl']) {
      expect(await shell(`$bin/kafkit.js console produce ${topic} -b $B --input ${form} ${input}`)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: failing(message, `0 records acknowledged in ${topic}`),
      });
    }
  });

  test('what was read before is delivered and counted', async () => {
    const topic = await createTopic('unread');
    const lines = await file('lines.txt', 'a\nb\n');
    expect(await shell(`$bin/kafkit.js console produce ${topic} -b $B --file ${lines} --file /`)).toMatchObject({
      code: 1,
      stderr: failing('cannot read /: it is a folder', `2 records acknowledged in ${topic}`),
    });
  });

  test("kafka-console-producer ends with Java's exception", async () => {
    const topic = await createTopic('unread');
    expect(await shell(`$bin/kafka-console-producer --bootstrap-server $B --topic ${topic} </`)).toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'org.apache.kafka.common.KafkaException: java.io.IOException: Is a directory\nCaused by: java.io.IOException: Is a directory\n',
    });
  });

  test('nothing at all is no failure', async () => {
    const topic = await createTopic('unread');
    for (const input of ['</dev/null', `<${await file('empty', '')}`]) {
      expect(await shell(`$bin/kafkit.js console produce ${topic} -b $B ${input}`)).toMatchObject({
        code: 0,
        stderr: saying(`0 records acknowledged in ${topic}\n`),
      });
    }
  });
});

describe('a byte order mark', () => {
  test('in front of JSON lines is passed over', async () => {
    const topic = await createTopic('mark');
    const one = await file('one.jsonl', `${mark}{"value":"a"}\n{"value":"b"}\n`);
    const outcome = await runConsole(['produce', topic, '--input', 'jsonl', '--file', one, '--file', one]);
    expect(outcome).toMatchObject({ code: 0 });
    expect((await readRecords(topic)).map(({ value }) => value)).toEqual(['a', 'b', 'a', 'b']);
  });

  test('in front of lines is part of the first one, as every byte is', async () => {
    const topic = await createTopic('mark');
    expect(await produceTo(topic, `${mark}a\nb\n`)).toMatchObject({ code: 0 });
    expect((await readRecords(topic)).map(({ value }) => value)).toEqual([`${mark}a`, 'b']);
  });

  test('in front of an offset file is passed over, in both forms', async () => {
    const topic = await createTopic('mark');
    const json = JSON.stringify({ version: 1, partitions: [{ topic, partition: 0, offset: 0 }] });
    for (const path of [await file('marked.json', mark + json), await file('marked.csv', `${mark}${topic},0,0\n`)]) {
      expect(await runKafkit(['offsets', 'show', path, '-b', inject('bootstrap')])).toMatchObject({ code: 0 });
    }
  });

  test('in front of settings is passed over with a warning', async () => {
    const topic = await createTopic('mark');
    const settings = await file('marked.properties', `${mark}bootstrap.servers=${inject('bootstrap')}\n`);
    expect(await runKafkit(['topics', 'list', topic, '--command-config', settings, '-o', 'names'])).toMatchObject({
      code: 0,
      stdout: `${topic}\n`,
      stderr: `warning: ${settings}: begins with a byte order mark, with which Kafka does not find the first key\n`,
    });
  });
});

describe('help for words that name nothing', () => {
  test.each([
    ['help nosuch', "error: unknown command 'nosuch'\nhint: 'kafkit --help' shows what it takes\n"],
    ['help topics nosuch', "error: unknown command 'nosuch'\nhint: 'kafkit topics --help' shows what it takes\n"],
    ['topics lst --help', "error: unknown command 'lst'\nhint: did you mean list?\n"],
    ['--help tpics', "error: unknown command 'tpics'\nhint: did you mean topics?\n"],
    [
      'help topics list extra',
      "error: 'kafkit topics list' has no command 'extra'\nhint: 'kafkit topics list --help' shows what it takes\n",
    ],
  ])('kafkit %s', async (line, stderr) => {
    expect(await runKafkit(line.split(' '))).toMatchObject({ code: 2, stdout: '', stderr });
  });

  test('help for words that name something is on stdout', async () => {
    for (const line of ['help', 'help topics', 'help topics list', 'topics help list', 'topics list --help', '-h']) {
      expect(await runKafkit(line.split(' '))).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(/^Usage: kafkit/) as string,
      });
    }
  });
});

test('records printed with their headers are read back, with and without any', async () => {
  const [from, to] = [await createTopic('printed'), await createTopic('parsed')];
  const lines = [
    { key: 'k', value: 'v', headers: [] },
    {
      key: null,
      value: '',
      headers: [
        { key: 'a', value: '1' },
        { key: 'a', value: null },
      ],
    },
    { key: '', value: null, headers: [{ key: 'b', value: '' }] },
    { key: null, value: null, headers: [] },
  ];
  const input = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  expect(await produceTo(from, input, '--input', 'jsonl')).toMatchObject({ code: 0 });
  for (const flags of ['', '--ignore-errors']) {
    const consume = `$bin/kafkit.js console consume ${from} -b $B --from-beginning --exit-at-end --print headers,key,value --null-text NIL`;
    const produce = `$bin/kafkit.js console produce ${to} -b $B --parse-headers --parse-key --null-marker NIL ${flags}`;
    expect(await shell(`${consume} | ${produce}`)).toMatchObject({ code: 0 });
  }
  const plain = (await readRecords(to)).map(({ key, value, headers }) => ({ key, value, headers }));
  expect(plain).toEqual([...lines, ...lines]);
});

test('a settings file with a \\u that is no letter is told by file and line, without what it says', async () => {
  const path = await file('half.properties', `bootstrap.servers=${inject('bootstrap')}\nssl.key.password=hunter\\u12\n`);
  expect(await shell(`$bin/kafkit.js topics list --command-config ${path}`)).toMatchObject({
    code: 2,
    stdout: '',
    stderr:
      `error: cannot read the settings file ${path}: line 2 has a \\u without four hexadecimal digits after it\n` +
      'hint: write \\uXXXX for a letter, and \\\\ for a backslash\n',
  });
});
