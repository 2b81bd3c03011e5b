import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { dropInNames } from '../../src/core/drop-in-names.js';
import { kafkaCommand } from '../golden/commands.js';
import { isolatedEnv, runKafkit } from './fixture/run-kafkit.js';
import { runProcess, type ProcessOutcome } from './fixture/run-process.js';
import { uniqueName } from './fixture/unique-name.js';

let home: string;
let folder: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-drop-ins-'));
  folder = join(home, 'bin');
  expect(await runKafkit(['install-drop-ins', folder, '-o', 'names'])).toMatchObject({ code: 0, stderr: '' });
});

afterAll(() => rm(home, { recursive: true, force: true }));

/** Runs a script of the shell with our names before all others; `$B` is the broker, `$T` and `$G` a topic and a group. */
async function runScript(script: string, env: NodeJS.ProcessEnv = {}): Promise<ProcessOutcome & { topic: string; group: string }> {
  const [topic, group] = [uniqueName('shell'), uniqueName('shell')];
  const base = isolatedEnv(home);
  const outcome = await runProcess('/bin/sh', ['-e', '-c', script], {
    env: { ...base, PATH: `${folder}:${base['PATH'] ?? ''}`, B: inject('bootstrap'), T: topic, G: group, ...env },
    cwd: home,
    timeoutMs: 55_000,
  });
  return { ...outcome, topic, group };
}

test.each(dropInNames)('%s is ours wherever the folder is first in the PATH, with .sh as well', async (name) => {
  const { code, stdout, stderr } = await runScript(
    `command -v ${name}; command -v ${name}.sh; ${name} --version && ${name}.sh --version`,
  );
  const versions = name.startsWith('kafka-verifiable') ? undefined : '4.3.0\n4.3.0\n';
  expect(stdout).toContain(`${join(folder, name)}\n${join(folder, name)}.sh\n`);
  if (versions !== undefined)
    expect({ code, stderr, rest: stdout.split('.sh\n')[1] }).toEqual({ code: 0, stderr: '', rest: versions });
});

test('a second installation into the same folder changes nothing', async () => {
  const { code, stdout } = await runKafkit(['install-drop-ins', folder, '-o', 'json']);
  expect({ code, written: (JSON.parse(stdout) as { written: boolean }).written }).toEqual({ code: 0, written: false });
});

test('a script that mixes our names with the tools of Kafka on one topic and group runs through', async () => {
  const own = (tool: string): string => {
    const { file, args } = kafkaCommand(inject('kafka'), tool);
    return [file, ...args].map((word) => `'${word}'`).join(' ');
  };
  const { code, stdout, stderr, topic, group } = await runScript(`
    kafka-topics.sh --bootstrap-server $B --create --topic $T --partitions 1 --replication-factor 1
    printf 'one\\ntwo\\nthree\\n' | ${own('kafka-console-producer')} --bootstrap-server $B --topic $T
    printf 'four\\nfive\\n' | kafka-console-producer.sh --bootstrap-server $B --topic $T
    kafka-console-consumer.sh --bootstrap-server $B --topic $T --group $G --from-beginning --max-messages 2
    ${own('kafka-console-consumer')} --bootstrap-server $B --topic $T --group $G --max-messages 1
    kafka-console-consumer.sh --bootstrap-server $B --topic $T --group $G --max-messages 1
    ${own('kafka-get-offsets')} --bootstrap-server $B --topic $T
    kafka-get-offsets.sh --bootstrap-server $B --topic $T
    ${own('kafka-consumer-groups')} --bootstrap-server $B --group $G --reset-offsets --to-offset 1 --topic $T --execute
    kafka-consumer-groups.sh --bootstrap-server $B --describe --group $G
    ${own('kafka-topics')} --bootstrap-server $B --delete --topic $T
  `);
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/error|exception/i);
  const lines = stdout.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
  expect(lines.slice(0, 7)).toEqual([`Created topic ${topic}.`, 'one', 'two', 'three', 'four', `${topic}:0:5`, `${topic}:0:5`]);
  expect(lines).toContain(`${group} ${topic} 0 1`);
  expect(lines).toContain(`${group} ${topic} 0 1 5 4 - - -`);
});
