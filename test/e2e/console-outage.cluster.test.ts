import { expect, test } from 'vitest';
import { runKafkit } from './fixture/run-kafkit.js';
import { useThreeBrokers } from './fixture/three-brokers.js';
import { createTopic } from './fixture/topics.js';

const cluster = useThreeBrokers();

test('partitions without a leader are named, the others are read, and nobody is told that it was everything', async () => {
  const { bootstrap, brokers } = cluster();
  const topic = await createTopic('topic', { partitions: 3, bootstrap });
  const produced = await runKafkit(['console', 'produce', topic, '--partitioner', 'round-robin', '-b', bootstrap], {
    stdin: 'a\nb\nc\n',
  });
  expect(produced.stderr).toMatch(new RegExp(`^cluster .*\n3 records acknowledged in ${topic}\n$`));
  const [stopped] = brokers;
  await stopped?.kill('SIGKILL');
  const flags = ['--from-beginning', '--exit-at-end', '--print', 'partition,value'];
  const outcome = await runKafkit(['console', 'consume', topic, ...flags, '-b', bootstrap], { timeoutMs: 90_000 });
  expect(outcome.code).toBe(1);
  expect(outcome.stdout.split('\n').filter((line) => line !== '')).toHaveLength(2);
  expect(outcome.stderr).toMatch(new RegExp(`^warning: partition ${topic}-\\d cannot be read: .*LEADER_NOT_AVAILABLE`, 'm'));
  expect(outcome.stderr).toMatch(new RegExp(`error: 1 of 3 partitions could not be read: ${topic}-\\d\n`));
  const lost = /could not be read: \S+-(\d)/.exec(outcome.stderr)?.[1] ?? '';

  const failed = await runKafkit(['console', 'produce', topic, '--partition', lost, '--delivery-timeout', '5s', '-b', bootstrap], {
    stdin: 'x\ny\n',
  });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain(`2 records not acknowledged\n  ${topic}-${lost}: 2 records, line 1 to line 2: `);
  expect(failed.stderr).toMatch(new RegExp(`\n0 records acknowledged in ${topic}, 2 not\n$`));
});
