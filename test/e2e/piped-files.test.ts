import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { commit } from './groups-run.js';
import { isolatedEnv, runKafkit } from './fixture/run-kafkit.js';
import { runProcess, type ProcessOutcome } from './fixture/run-process.js';
import { createTopic, produceRecords } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

const bin = process.env['KAFKIT_TEST_BIN'] ?? fileURLToPath(new URL('../../bin/', import.meta.url));
const group = uniqueName('piped');
let home: string;
let topic: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-piped-'));
  topic = await createTopic('piped');
  await produceRecords(topic, [{ value: 'a' }, { value: 'b' }]);
  await commit(group, topic, [1]);
  const offsets = (offset: number): string => JSON.stringify({ version: 1, group, partitions: [{ topic, partition: 0, offset }] });
  const files = {
    'native.properties': `bootstrap.servers=${inject('bootstrap')}\n`,
    'plain.properties': 'client.id=piped\n',
    // A second, empty reading would connect in plain text, and succeed.
    'tls.properties': 'security.protocol=SSL\ndefault.api.timeout.ms=6000\nrequest.timeout.ms=5000\n',
    'from.json': offsets(0),
    'to.json': offsets(1),
    'group.csv': `${topic},0,1\n`,
    'cut.json': JSON.stringify({ version: 1, partitions: [{ topic, partition: 0, offset: 0 }] }),
    'config.properties': 'retention.ms=86400000\n',
    'reader.properties': 'parse.key=true\nkey.separator=:\n',
    'formatter.properties': 'print.offset=true\n',
    'records.txt': 'k:v\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(home, name), text);
});

afterAll(() => rm(home, { recursive: true }));

/** Runs a line of bash, with our programs as functions and the shared broker in `$B`. */
function bash(line: string): Promise<ProcessOutcome> {
  const script = `kafkit() { ${process.execPath} ${join(bin, 'kafkit.js')} "$@"; }; tool() { local name=$1; shift; ${process.execPath} ${bin}/$name "$@" --bootstrap-server $B; }; ${line}`;
  const env = { ...isolatedEnv(home), B: inject('bootstrap'), T: topic, G: group };
  return runProcess('/bin/bash', ['-c', script], { env, cwd: home, timeoutMs: 50_000, stdin: '' });
}

describe('an option of kafkit that takes a file takes a pipe', () => {
  test.each([
    ['settings', 'kafkit topics list -o names --command-config <(cat native.properties)', 'T'],
    ['settings from standard input', 'cat native.properties | kafkit topics list -o names --command-config /dev/stdin', 'T'],
    ['settings of the environment', 'KAFKIT_COMMAND_CONFIG=<(cat native.properties) kafkit topics list -o names', 'T'],
    ['a cut', 'kafkit records delete --offset-json-file <(cat cut.json) --dry-run -b $B', 'T'],
    ['a reset', 'kafkit groups reset-offsets $G --from-file <(cat from.json) --dry-run -b $B', 'T'],
    ['an import', 'kafkit groups import <(cat from.json) --dry-run -b $B', 'T'],
    ['an import from standard input', 'cat from.json | kafkit groups import /dev/stdin --dry-run -b $B', 'T'],
    ['offsets to show', 'kafkit offsets show <(cat from.json) -b $B', 'T'],
    ['offsets to compare', 'kafkit offsets diff <(cat from.json) <(cat to.json) -b $B || true', 'T'],
    ['a window', 'kafkit console consume --from-offsets <(cat from.json) --to-offsets <(cat to.json) -b $B', 'a\n'],
    ['records', 'kafkit console produce $T -b $B -o json --file <(cat records.txt)', '"acknowledged": 1'],
    [
      'records from standard input',
      'cat records.txt | kafkit console produce $T -b $B -o json --file /dev/stdin',
      '"acknowledged": 1',
    ],
  ])('%s', async (_, line, expected) => {
    const { code, stdout, stderr } = await bash(line);
    expect({ code, stderr: stderr.replace(/^warning: .*\n/gm, '') }).toMatchObject({ code: 0 });
    expect(stdout).toContain(expected === 'T' ? topic : expected);
  });

  test('settings and records cannot both be standard input', async () => {
    expect(await bash('cat native.properties | kafkit console produce $T --command-config /dev/stdin')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('standard input cannot hold both the settings and the records') as string,
    });
    expect(await bash('cat from.json | kafkit groups import /dev/stdin --command-config /dev/stdin --dry-run')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('it was read for something else already') as string,
    });
  });

  test('standard input that is a socket is read too', async () => {
    const stdin = `bootstrap.servers=${inject('bootstrap')}\n`;
    const listed = await runKafkit(['topics', 'list', '-o', 'names', '--command-config', '/dev/stdin'], { stdin });
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringContaining(topic) as string });
    const produced = await runKafkit(['console', 'produce', topic, '--file', '/dev/stdin', '-b', inject('bootstrap')], {
      stdin: 'x\n',
    });
    expect(produced.stderr).toContain('1 record acknowledged');
  });
});

describe('an option of a drop-in that takes a file takes a pipe', () => {
  test.each([
    ['topics', 'tool kafka-topics --list --command-config <(cat plain.properties)', 'T'],
    ['groups', 'tool kafka-consumer-groups --list --command-config <(cat plain.properties)', 'G'],
    ['a reset', 'tool kafka-consumer-groups --reset-offsets --group $G --from-file <(cat group.csv) --dry-run', 'T'],
    ['configs', 'tool kafka-configs --alter --topic $T --add-config-file <(cat config.properties)', 'T'],
    ['offsets', 'tool kafka-get-offsets --topic $T --command-config <(cat plain.properties)', 'T'],
    ['a cut', 'tool kafka-delete-records --offset-json-file <(cat cut.json) --command-config <(cat plain.properties)', 'T'],
    [
      'a consumer',
      'tool kafka-console-consumer --topic $T --from-beginning --max-messages 1 --command-config <(cat plain.properties) --formatter-config <(cat formatter.properties)',
      'Offset:0',
    ],
    [
      'an old name',
      'tool kafka-console-consumer --topic $T --from-beginning --max-messages 1 --consumer.config <(cat plain.properties)',
      'a\n',
    ],
    [
      'a producer',
      'cat records.txt | tool kafka-console-producer --topic $T --command-config <(cat plain.properties) --reader-config <(cat reader.properties)',
      '',
    ],
    [
      'a verifiable producer',
      'tool kafka-verifiable-producer --topic $T --max-messages 1 --command-config <(cat plain.properties)',
      '"acked":1',
    ],
    [
      'a verifiable consumer',
      'tool kafka-verifiable-consumer --topic $T --group-id $G-v --max-messages 1 --command-config <(cat plain.properties)',
      'records_consumed',
    ],
  ])('%s', async (_, line, expected) => {
    const { code, stdout, stderr } = await bash(line);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain(expected === 'T' ? topic : expected === 'G' ? group : expected);
  });

  test.each([
    ['topics', 'tool kafka-topics --list --command-config <(cat tls.properties)'],
    ['configs', 'tool kafka-configs --describe --topic $T --command-config <(cat tls.properties)'],
    ['offsets', 'tool kafka-get-offsets --topic $T --command-config <(cat tls.properties)'],
    ['topics from standard input', 'cat tls.properties | tool kafka-topics --list --command-config /dev/stdin'],
  ])('the settings for %s still hold when it connects', async (_, line) => {
    const { code, stdout } = await bash(line);
    expect(code).toBe(1);
    expect(stdout).not.toContain(topic);
  });
});
