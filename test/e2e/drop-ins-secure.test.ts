import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { kafkaCommand, ourCommand } from '../golden/commands.js';
import { runProcess, type ProcessOutcome } from './fixture/run-process.js';
import { useSecureBroker } from './fixture/secure-broker.js';

const cluster = useSecureBroker();
let alice: string;
let wrong: string;

async function run({ file, args, env }: ReturnType<typeof ourCommand>, words: readonly string[]): Promise<ProcessOutcome> {
  const { bootstrap, dir } = cluster();
  const all = [...args, '--bootstrap-server', bootstrap, ...words];
  return runProcess(file, all, { env, cwd: dir, stdin: 'a\n', timeoutMs: 60_000 });
}

beforeAll(async () => {
  const { dir, secure } = cluster();
  const { admin } = secure.commandConfig;
  alice = secure.commandConfig.alice;
  wrong = join(dir, 'wrong.properties');
  writeFileSync(wrong, (await readFile(alice, 'utf8')).replace('password="', 'password="not-'));
  writeFileSync(join(dir, 'cuts.json'), '{"partitions":[{"topic":"hidden","partition":0,"offset":0}]}');
  for (const topic of ['hidden', 'listed']) {
    const created = await run(ourCommand('kafka-topics'), ['--create', '--topic', topic, '--command-config', admin]);
    expect(created).toMatchObject({ code: 0 });
  }
  const grants = [
    ['Describe', '--topic', 'listed'],
    ['Read', '--group', 'readers'],
    ['Describe', '--group', 'watched'],
  ] as const;
  for (const [operation, ...what] of grants) {
    const words = ['--add', '--allow-principal', 'User:alice', '--operation', operation, ...what, '--command-config', admin];
    expect(await run(kafkaCommand(inject('kafka'), 'kafka-acls'), words)).toMatchObject({ code: 0 });
  }
}, 120_000);

const errors = 'org.apache.kafka.common.errors.';
const password = `${errors}SaslAuthenticationException: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512`;

test.each<[string, string, readonly string[], string]>([
  ['the topics', 'kafka-topics', ['--list'], password],
  ['offsets', 'kafka-get-offsets', [], `Error occurred: ${password}`],
  [
    'the groups',
    'kafka-consumer-groups',
    ['--list'],
    'due to java.util.concurrent.ExecutionException: org.apache.kafka.common.KafkaException: Failed to find brokers to send ListGroups',
  ],
  [
    'a group',
    'kafka-consumer-groups',
    ['--describe', '--group', 'readers'],
    `Error: Executing consumer group command failed due to ${password}`,
  ],
  ['a topic to read', 'kafka-console-consumer', ['--topic', 'hidden'], `\n${password}\n`],
  [
    'a topic to write',
    'kafka-console-producer',
    ['--topic', 'hidden', '--sync'],
    `java.util.concurrent.ExecutionException: ${password}`,
  ],
])('a wrong password is told in the words of the broker, and at once: %s', async (_what, tool, words, text) => {
  const { stdout, stderr } = await run(ourCommand(tool), [...words, '--command-config', wrong]);
  expect(stdout + stderr).toContain(text);
});

const notHidden = `${errors}TopicAuthorizationException: Not authorized to access topics: [hidden]`;
const notListed = `${errors}TopicAuthorizationException: Not authorized to access topics: [listed]`;
const lookup = (group: string): string =>
  `${errors}GroupAuthorizationException: FindCoordinator request for groupId \`CoordinatorKey(idValue='${group}', type=GROUP)\` failed due to authorization failure`;
const toNew = ['--command-property', 'group.protocol=consumer'];
const reset = ['--reset-offsets', '--to-earliest', '--execute', '--group'];

test.each<[string, string, readonly string[], string]>([
  ['a topic that must not be seen', 'kafka-console-consumer', ['--topic', 'hidden', '--group', 'readers'], notHidden],
  ['that before the group', 'kafka-console-consumer', ['--topic', 'hidden'], notHidden],
  ['the same in the new protocol', 'kafka-console-consumer', ['--topic', 'hidden', ...toNew], notHidden],
  ['one partition', 'kafka-console-consumer', ['--topic', 'hidden', '--partition', '0'], notHidden],
  [
    'a topic that may be seen, not read',
    'kafka-console-consumer',
    ['--topic', 'listed', '--group', 'readers', '--from-beginning'],
    notListed,
  ],
  [
    'the group',
    'kafka-console-consumer',
    ['--topic', 'listed', '--group', 'others'],
    `${errors}GroupAuthorizationException: Not authorized to access group: others`,
  ],
  ['the verifiable consumer', 'kafka-verifiable-consumer', ['--topic', 'hidden', '--group-id', 'readers'], notHidden],
  [
    'what must not be written',
    'kafka-console-producer',
    ['--topic', 'listed', '--command-property', 'enable.idempotence=false'],
    notListed,
  ],
  ['a group to describe', 'kafka-consumer-groups', ['--describe', '--group', 'others'], lookup('others')],
  ['a group to delete', 'kafka-consumer-groups', ['--delete', '--group', 'others'], `due to: ${lookup('others')}`],
  ['a group to reset', 'kafka-consumer-groups', [...reset, 'others', '--topic', 'listed'], lookup('others')],
  [
    'a group that may only be seen',
    'kafka-consumer-groups',
    [...reset, 'watched', '--topic', 'listed'],
    'Failed altering group offsets for the following partitions: [listed-0]',
  ],
  [
    'records to delete',
    'kafka-delete-records',
    ['--offset-json-file', 'cuts.json'],
    `error: ${errors}TopicAuthorizationException: Failed to fetch metadata for partition hidden-0 due to topic authorization failure\n`,
  ],
  [
    'configs',
    'kafka-configs',
    ['--describe', '--topic', 'hidden'],
    "The topic 'hidden' doesn't exist and doesn't have dynamic config.\n",
  ],
])('missing rights are told as Kafka tells them: %s', async (_what, tool, words, text) => {
  const { stdout, stderr } = await run(ourCommand(tool), [...words, '--command-config', alice]);
  expect(stdout + stderr).toContain(text);
});
