import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { isolatedEnv, runKafkit } from './fixture/run-kafkit.js';
import { runProcess } from './fixture/run-process.js';

// The command lines of Kafka's documentation (quickstart; operations), which are run in a folder whose bin/ is ours.
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-docs-'));
  expect(await runKafkit(['install-drop-ins', join(folder, 'bin')])).toMatchObject({ code: 0 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the lines as they are, except that the broker is this test's; gives what they print, with blanks squeezed. */
async function runLines(...lines: readonly string[]): Promise<string> {
  const script = lines.join('\n').replaceAll('localhost:9092', inject('bootstrap'));
  const { code, stdout, stderr } = await runProcess('/bin/sh', ['-e', '-c', script], {
    env: isolatedEnv(folder),
    cwd: folder,
    timeoutMs: 55_000,
  });
  expect({ code, stderr: stderr.split('\n').filter((line) => /error|exception/i.test(line)) }).toEqual({ code: 0, stderr: [] });
  return stdout.replace(/[ \t]+/g, ' ').replace(/ $/gm, '');
}

test('the quickstart: a topic, events written and read', async () => {
  const printed = await runLines(
    'bin/kafka-topics.sh --create --topic quickstart-events --bootstrap-server localhost:9092',
    'bin/kafka-topics.sh --describe --topic quickstart-events --bootstrap-server localhost:9092',
    "printf 'This is my first event\\nThis is my second event\\n' |",
    '  bin/kafka-console-producer.sh --topic quickstart-events --bootstrap-server localhost:9092',
    'bin/kafka-console-consumer.sh --topic quickstart-events --from-beginning --bootstrap-server localhost:9092 --max-messages 2',
    'bin/kafka-topics.sh --delete --topic quickstart-events --bootstrap-server localhost:9092',
  );
  expect(printed).toMatch(/^Created topic quickstart-events\.\nTopic: quickstart-events TopicId: \S{22} PartitionCount: 1 /);
  expect(printed).toContain('\n Topic: quickstart-events Partition: 0 Leader: 1 Replicas: 1 Isr: 1 Elr: LastKnownElr:\n');
  expect(printed).toMatch(/\nThis is my first event\nThis is my second event\n$/);
});

test('operations: adding, altering and removing topics', async () => {
  const printed = await runLines(
    'bin/kafka-topics.sh --bootstrap-server localhost:9092 --create --topic my_topic_name \\',
    '    --partitions 20 --replication-factor 1 --config max.message.bytes=64000',
    'bin/kafka-topics.sh --bootstrap-server localhost:9092 --alter --topic my_topic_name \\',
    '    --partitions 40',
    'bin/kafka-configs.sh --bootstrap-server localhost:9092 --entity-type topics --entity-name my_topic_name --alter --add-config flush.messages=1',
    'bin/kafka-configs.sh --bootstrap-server localhost:9092 --entity-type topics --entity-name my_topic_name --alter --delete-config flush.messages',
    'bin/kafka-topics.sh --bootstrap-server localhost:9092 --topic my_topic_name --describe',
    'bin/kafka-topics.sh --bootstrap-server localhost:9092 --delete --topic my_topic_name',
  );
  expect(printed).toContain('Created topic my_topic_name.\n');
  expect(printed).toContain('Completed updating config for topic my_topic_name.\n');
  expect(printed).toMatch(/PartitionCount: 40 ReplicationFactor: 1 Configs: min\.insync\.replicas=1,max\.message\.bytes=64000\n/);
});

test("operations: a consumer's position, resetting offsets, deleting groups and records", async () => {
  await writeFile(join(folder, 'offsetfile.json'), '{"partitions":[{"topic":"topic1","partition":0,"offset":1}],"version":1}');
  const printed = await runLines(
    'bin/kafka-topics.sh --bootstrap-server localhost:9092 --create --topic topic1',
    "printf '1\\n2\\n3\\n' | bin/kafka-console-producer.sh --bootstrap-server localhost:9092 --topic topic1",
    'bin/kafka-console-consumer.sh --bootstrap-server localhost:9092 --topic topic1 --from-beginning --max-messages 2 --group my-group',
    'bin/kafka-consumer-groups.sh --bootstrap-server localhost:9092 --describe --group my-group',
    'bin/kafka-consumer-groups.sh --bootstrap-server localhost:9092 --list',
    'bin/kafka-consumer-groups.sh --bootstrap-server localhost:9092 --describe --group my-group --members',
    'bin/kafka-consumer-groups.sh --bootstrap-server localhost:9092 --describe --group my-group --members --verbose',
    'bin/kafka-consumer-groups.sh --bootstrap-server localhost:9092 --describe --group my-group --state',
    'bin/kafka-consumer-groups.sh --bootstrap-server localhost:9092 --reset-offsets --group my-group --topic topic1 --to-latest',
    'bin/kafka-consumer-groups.sh --bootstrap-server localhost:9092 --delete --group my-group',
    'bin/kafka-delete-records.sh --bootstrap-server localhost:9092 --offset-json-file ./offsetfile.json',
    'bin/kafka-get-offsets.sh --bootstrap-server localhost:9092 --topic topic1 --time earliest',
    'bin/kafka-topics.sh --bootstrap-server localhost:9092 --delete --topic topic1',
  );
  expect(printed).toContain('\nmy-group topic1 0 2 3 1 - - -\n');
  expect(printed).toContain('\nmy-group topic1 0 3\n');
  expect(printed).toContain("Deletion of requested consumer groups ('my-group') was successful.\n");
  expect(printed).toMatch(/partition: topic1-0 low_watermark: 1\ntopic1:0:1\n$/);
});

const rates = "'producer_byte_rate=1024,consumer_byte_rate=2048,request_percentage=200'";
const quotaCases = [
  '--entity-type users --entity-name user1 --entity-type clients --entity-name clientA',
  '--entity-type users --entity-name user1',
  '--entity-type clients --entity-name clientA',
  '--entity-type users --entity-name user1 --entity-type clients --entity-default',
  '--entity-type users --entity-default',
  '--entity-type clients --entity-default',
];

test('operations: quotas of users and clients', async () => {
  const configs = 'bin/kafka-configs.sh --bootstrap-server localhost:9092';
  const printed = await runLines(
    ...quotaCases.map((entity) => `${configs} --alter --add-config ${rates} ${entity}`),
    'bin/kafka-configs.sh --bootstrap-server localhost:9092 --describe --entity-type users --entity-name user1 --entity-type clients --entity-name clientA',
    'bin/kafka-configs.sh --bootstrap-server localhost:9092 --describe --entity-type users',
    'bin/kafka-configs.sh --describe --bootstrap-server localhost:9092 --entity-type brokers',
    ...quotaCases.map(
      (entity) => `${configs} --alter --delete-config producer_byte_rate,consumer_byte_rate,request_percentage ${entity}`,
    ),
  );
  expect(printed.match(/^Completed updating (default )?config for /gm)).toHaveLength(2 * quotaCases.length);
  expect(printed).toMatch(/^Quota configs for user-principal 'user1', client-id 'clientA' are .*consumer_byte_rate=2048\.0/m);
});
