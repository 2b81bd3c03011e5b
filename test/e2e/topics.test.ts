import { expect, inject, test } from 'vitest';
import { runKafkaTool } from './fixture/kafka-tool.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { runKafkit } from './fixture/run-kafkit.js';
import { sharedCluster, withPlaces } from './fixture/shared-cluster.js';
import { createTopic, produceRecords, withAdmin } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

function topics(...args: string[]): Promise<ProcessOutcome> {
  return runKafkit(['topics', ...args, '-b', inject('bootstrap')]);
}

/** What the program printed as its one JSON document. */
async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await topics(...args, '-o', 'json');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as T;
}

async function kafkaTopics(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runKafkaTool('org.apache.kafka.tools.TopicCommand', [
    '--bootstrap-server',
    inject('bootstrap'),
    ...args,
  ]);
  if (code !== 0) throw new Error(`kafka-topics failed: ${stdout}${stderr}`);
  return stdout;
}

interface Described {
  readonly topics: readonly {
    readonly name: string;
    readonly topicId: string;
    readonly partitionCount: number;
    readonly replicationFactor: number;
    readonly partitions: readonly {
      readonly partition: number;
      readonly leader: number | null;
      readonly replicas: readonly number[];
      readonly isr: readonly number[];
    }[];
    readonly configs: readonly { readonly name: string; readonly value: string; readonly source: string }[];
  }[];
}

/** Kafka's own lines, made from ours. */
function asKafkaTells({ topics: [topic] }: Described): string[] {
  if (topic === undefined) throw new Error('no topic');
  const { name, topicId, partitionCount, replicationFactor, partitions, configs } = topic;
  const settings = configs.map((config) => `${config.name}=${config.value}`).sort();
  return [
    `Topic: ${name} TopicId: ${topicId} PartitionCount: ${partitionCount} ReplicationFactor: ${replicationFactor} Configs: ${settings.join(',')}`,
    ...partitions.map(
      ({ partition, leader, replicas, isr }) =>
        `Topic: ${name} Partition: ${partition} Leader: ${leader ?? 'none'} Replicas: ${replicas.join(',')} Isr: ${isr.join(',')}`,
    ),
  ];
}

/** Kafka's lines with blanks for tabs, settings sorted, without what only newer versions say. */
function plain(described: string): string[] {
  return described
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .replace(/\tElr:.*$/, '')
        .trim()
        .replaceAll('\t', ' '),
    )
    .map((line) => line.replace(/(?<=Configs: ).*$/, (settings) => settings.split(',').sort().join(',')));
}

test('what create makes is what kafka-topics describes, and describe says the same', async () => {
  const name = uniqueName('create');
  const created = await topics(
    'create',
    name,
    '--partitions',
    '3',
    '--config',
    'retention.ms=86400000',
    '--config',
    'cleanup.policy=compact,delete',
  );
  expect(withPlaces(created)).toMatchObject({
    code: 0,
    stderr: '',
    stdout: `TOPIC${' '.repeat(name.length - 5)}  STATUS   PARTITIONS  REPLICATION-FACTOR\n${name}  created           3                   1\n\n<cluster>\n`,
  });
  const ours = await json<Described>('describe', name);
  expect(asKafkaTells(ours)).toEqual(plain(await kafkaTopics('--describe', '--topic', name)));
});

test('list names the topics that kafka-topics lists, and patterns choose among them', async () => {
  const prefix = uniqueName('list');
  const names = [`${prefix}.a`, `${prefix}.b`, `${prefix}-c`];
  expect(await topics('create', ...names, '--partitions', '2')).toMatchObject({ code: 0 });
  expect(await topics('list', `${prefix}*`, '-o', 'names')).toMatchObject({ code: 0, stdout: [...names].sort().join('\n') + '\n' });
  expect(await topics('list', `/^${prefix}\\.[ab]$/`, '--topic', 'nope')).toMatchObject({
    code: 0,
    stdout: `TOPIC\n${prefix}.a\n${prefix}.b\n`,
    stderr: "no topic matches 'nope'\n",
  });
  const document = await json<{ topics: { name: string; partitionCount: number }[] }>('list', '--internal');
  const all = (await kafkaTopics('--list')).trimEnd().split('\n');
  // Other tests create and delete topics meanwhile.
  expect(document.topics.map(({ name }) => name).filter((name) => name.startsWith(prefix))).toEqual(
    all.filter((name) => name.startsWith(prefix)),
  );
  expect(document.topics.find(({ name }) => name === `${prefix}-c`)).toEqual({
    name: `${prefix}-c`,
    topicId: expect.any(String) as string,
    internal: false,
    partitionCount: 2,
    replicationFactor: 1,
  });
});

test('a topic that exists fails, the others are created, and --if-not-exists makes it no failure', async () => {
  const there = await createTopic('there');
  const fresh = uniqueName('fresh');
  const mixed = await topics('create', there, fresh, '-o', 'json');
  expect(mixed).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`Topic '${there}' already exists (TOPIC_ALREADY_EXISTS)`) as string,
  });
  expect(JSON.parse(mixed.stdout)).toMatchObject({
    topics: [
      { name: there, status: 'failed' },
      { name: fresh, status: 'created' },
    ],
  });
  const again = await topics('create', there, '--if-not-exists', '-o', 'jsonl');
  expect(again).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(
      `{"name":"${there}","status":"exists","topicId":null,"partitionCount":null,"replicationFactor":null,"error":null,`,
    ) as string,
  });
  expect(JSON.parse(again.stdout)).toMatchObject({ cluster: sharedCluster() });
});

test('a dry run of create lets the broker check, and creates nothing', async () => {
  const name = uniqueName('dry');
  expect(await topics('create', name, '--partitions', '4', '--dry-run')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('valid') as string,
  });
  expect(await topics('create', name, '--replication-factor', '99', '--dry-run')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /error: cannot create topic .*replication factor of 99.*\(INVALID_REPLICATION_FACTOR\)\nhint: /,
    ) as string,
  });
  expect((await kafkaTopics('--list')).split('\n')).not.toContain(name);
});

test('alter adds partitions and changes settings, and leaves the other settings as they are', async () => {
  const name = await createTopic('alter', { partitions: 2, config: { 'retention.ms': '5000', 'max.message.bytes': '70000' } });
  const plan = await topics(
    'alter',
    name,
    '--partitions',
    '4',
    '--config',
    'segment.ms=60000',
    '--delete-config',
    'retention.ms',
    '--dry-run',
  );
  expect(plan).toMatchObject({ code: 0 });
  expect((await json<Described>('describe', name)).topics[0]).toMatchObject({ partitionCount: 2 });
  const altered = await topics(
    'alter',
    name,
    '--partitions',
    '4',
    '--config',
    'segment.ms=60000',
    '--delete-config',
    'retention.ms',
    '--yes',
  );
  expect(altered).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('warning: with more partitions most keys go to other partitions') as string,
  });
  expect(altered.stdout.match(/changed/g)).toHaveLength(3);
  const described = await kafkaTopics('--describe', '--topic', name);
  expect(described).toContain('PartitionCount: 4');
  expect(described).toContain('segment.ms=60000');
  expect(described).toContain('max.message.bytes=70000');
  expect(described).not.toContain('retention.ms');
});

test('alter has nothing to do for what is so already, and refuses what cannot be, changing nothing', async () => {
  const name = await createTopic('alter', { partitions: 3, config: { 'retention.ms': '5000' } });
  expect(withPlaces(await topics('alter', name, '--partitions', '3', '--config', 'retention.ms=5000'))).toMatchObject({
    code: 0,
    stdout: '',
    stderr: `topic '${name}' already has 3 partitions\ntopic '${name}' already has retention.ms=5000\n<cluster>\nnothing to change\n`,
  });
  expect(await topics('alter', name, '--partitions', '2', '--yes')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('cannot go down to 2: Kafka cannot take a partition away') as string,
  });
  expect(withPlaces(await topics('alter', name, '--partitions', '9', '--config', 'retention.mss=1', '--yes'))).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `error: cannot change the configs of topic '${name}': Unknown topic config name: retention.mss (INVALID_CONFIG)\nhint: did you mean retention.ms instead of retention.mss?\n<cluster>\n`,
  });
  expect((await json<Described>('describe', name)).topics[0]).toMatchObject({ partitionCount: 3 });
});

test('without a terminal and without --yes nothing is changed', async () => {
  const name = await createTopic('ask', { partitions: 1 });
  for (const args of [
    ['alter', name, '--partitions', '2'],
    ['delete', name],
  ]) {
    expect(await topics(...args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /error: this command changes the cluster, and there is no terminal to ask on\nhint: add --yes/,
      ) as string,
    });
  }
  expect((await json<Described>('describe', name)).topics[0]).toMatchObject({ partitionCount: 1 });
});

test('delete shows what goes, deletes it, and says what does not exist', async () => {
  const name = await createTopic('delete', { partitions: 2 });
  await produceRecords(name, [{ value: 'a' }, { value: 'b' }, { value: 'c' }]);
  expect(await topics('delete', name, '--dry-run', '-o', 'json')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/"partitionCount": 2,\n\s+"records": 3,/) as string,
  });
  expect(withPlaces(await topics('delete', name, '--yes'))).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('deleted') as string,
  });
  const exists = await withAdmin(undefined, async (admin) => (await admin.listTopics()).includes(name));
  expect(exists).toBe(false);
  expect(withPlaces(await topics('delete', name, '--yes'))).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `error: topic '${name}' does not exist\nhint: see which topics exist: kafkit topics list\n<cluster>\n`,
  });
  expect(await topics('delete', name, '--yes', '--if-exists')).toMatchObject({ code: 0, stdout: '' });
});

test('a topic that does not exist is an error with a hint', async () => {
  expect(await topics('describe', 'no-such-topic', '-o', 'json')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: "error: topic 'no-such-topic' does not exist\nhint: see which topics exist: kafkit topics list\n",
  });
});

test('a healthy cluster has no partition for the filters to show', async () => {
  const name = await createTopic('healthy');
  expect(await topics('describe', name, '--under-replicated', '--unavailable', '--under-min-isr')).toMatchObject({
    code: 0,
    stdout: '',
    stderr: 'no partition is like that\n',
  });
  expect(await topics('describe', name, '--at-min-isr', '-o', 'csv')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(new RegExp(`^topic,partition,leader,.*\\n${name},0,`)) as string,
  });
});

test('what cannot be changed as asked is told, and nothing is changed', async () => {
  const name = await createTopic('honest', { config: { 'retention.ms': '5000' } });
  const refused = async (...words: string[]) => {
    const { code, stdout, stderr } = await topics('alter', name, ...words, '--partitions', '4', '--yes');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    return withPlaces({ stdout, stderr }).stderr;
  };
  expect(await refused('--delete-config', 'retention.msx')).toBe(
    `error: topic '${name}' has no setting 'retention.msx', so there is none to delete\nhint: did you mean retention.ms instead of retention.msx?\n<cluster>\n`,
  );
  expect(await refused('--config', 'retention.msx=1')).toContain('did you mean retention.ms instead of retention.msx?\n');
  for (const assignment of ['2', '2,1']) {
    expect(await topics('alter', name, '--replica-assignment', assignment, '--yes')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(
        `partition ${name}-0 is on brokers 1 and not on 2, and topics alter moves no replicas\n`,
      ) as string,
    });
  }
  expect(withPlaces(await topics('alter', name, '--delete-config', 'cleanup.policy', '--yes'))).toMatchObject({
    code: 0,
    stderr: `topic '${name}' does not override cleanup.policy\n<cluster>\nnothing to change\n`,
  });
  expect(
    withPlaces(await topics('create', name, '--if-not-exists', '--partitions', '4', '--config', 'retention.ms=6000')),
  ).toMatchObject({
    code: 0,
    stderr: `warning: topic '${name}' exists and is left as it is, with 1 partitions, not 4, retention.ms=5000, not 6000\n`,
  });
  expect((await json<Described>('describe', name)).topics).toMatchObject([{ partitionCount: 1 }]);
});
