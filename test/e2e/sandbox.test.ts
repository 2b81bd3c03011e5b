import { expect, inject, test } from 'vitest';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { runKafkit } from './fixture/run-kafkit.js';
import { createTopic } from './fixture/topics.js';

test('the shared broker answers Kafka’s own tools', async () => {
  const topic = await createTopic('seen-by-kafka');
  const listed = await runKafkaTool('org.apache.kafka.tools.TopicCommand', ['--bootstrap-server', inject('bootstrap'), '--list']);
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(listed.stdout.split('\n')).toContain(topic);
});

test('the built program says its version', async () => {
  expect(await runKafkit(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n', stderr: '' });
});
