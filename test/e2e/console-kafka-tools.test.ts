import { expect, inject, test } from 'vitest';
import { produceTo, readAll, readRecords } from './console-run.js';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { createTopic } from './fixture/topics.js';

const consoleConsumer = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
const consoleProducer = 'org.apache.kafka.tools.ConsoleProducer';

/** What Kafka's own console consumer prints of a topic of `count` records. */
async function kafkaReads(topic: string, count: number, ...properties: readonly string[]): Promise<string> {
  const args = ['--bootstrap-server', inject('bootstrap'), '--topic', topic, '--from-beginning', '--max-messages', String(count)];
  const outcome = await runKafkaTool(consoleConsumer, [
    ...args,
    '--timeout-ms',
    '20000',
    ...properties.flatMap((property) => ['--formatter-property', property]),
  ]);
  return outcome.stdout;
}

test("Kafka's consumer reads what we produce: keys, headers, null, times and text", async () => {
  const topic = await createTopic();
  const lines = 'h:1,g:\tk1\tväl\n\tk2\tNIL\nNIL\tNIL\t\n'.replace('\n\tk2', '\nNIL\tk2');
  const flags = ['--parse-headers', '--parse-key', '--null-marker', 'NIL', '--timestamp', '1700000000000', '--compression', 'lz4'];
  expect((await produceTo(topic, lines, ...flags)).code).toBe(0);
  const shown = await kafkaReads(topic, 3, 'print.key=true', 'print.headers=true', 'print.timestamp=true', 'print.offset=true');
  expect(shown).toBe(
    [
      'CreateTime:1700000000000\tOffset:0\th:1,g:\tk1\tväl\n',
      'CreateTime:1700000000000\tOffset:1\tNO_HEADERS\tk2\tnull\n',
      'CreateTime:1700000000000\tOffset:2\tNO_HEADERS\tnull\t\n',
    ].join(''),
  );
});

test("we read what Kafka's producer writes, and print it as its consumer does", async () => {
  const topic = await createTopic();
  const args = ['--bootstrap-server', inject('bootstrap'), '--topic', topic, '--compression-codec', 'zstd'];
  const properties = ['parse.key=true', 'key.separator=:', 'null.marker=NIL', 'parse.headers=true'];
  const stdin = 'a:1,b:\tk1:v1\nNIL\tNIL:ü\nx:NIL\t:\n';
  const produced = await runKafkaTool(consoleProducer, [...args, ...properties.flatMap((each) => ['--reader-property', each])], {
    stdin,
  });
  expect(produced.code).toBe(0);
  expect(await readRecords(topic)).toMatchObject([
    {
      key: 'k1',
      value: 'v1',
      headers: [
        { key: 'a', value: '1' },
        { key: 'b', value: '' },
      ],
    },
    { key: null, value: 'ü', headers: [] },
    { key: '', value: '', headers: [{ key: 'x', value: null }] },
  ]);
  expect(await readAll(topic, '--print', 'key,value')).toBe(await kafkaReads(topic, 3, 'print.key=true'));
});

test("keys go to the partitions that Kafka's producer chooses", async () => {
  const [ours, theirs] = [await createTopic('ours', { partitions: 7 }), await createTopic('theirs', { partitions: 7 })];
  const lines = Array.from({ length: 60 }, (_, index) => `key-${index * 37}:${index}\n`).join('');
  await produceTo(ours, lines, '--parse-key', '--key-separator', ':');
  const args = ['--bootstrap-server', inject('bootstrap'), '--topic', theirs];
  const properties = ['--reader-property', 'parse.key=true', '--reader-property', 'key.separator=:'];
  expect((await runKafkaTool(consoleProducer, [...args, ...properties], { stdin: lines })).code).toBe(0);
  const places = async (topic: string): Promise<string[]> =>
    (await readRecords(topic)).map(({ key, partition }) => `${key ?? ''} ${partition}`).sort();
  expect(await places(ours)).toEqual(await places(theirs));
});
