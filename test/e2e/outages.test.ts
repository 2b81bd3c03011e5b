import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Fetch } from '../../src/protocol/messages/fetch.js';
import { FindCoordinator } from '../../src/protocol/messages/find-coordinator.js';
import { Heartbeat } from '../../src/protocol/messages/heartbeat.js';
import { JoinGroup } from '../../src/protocol/messages/join-group.js';
import { LeaveGroup } from '../../src/protocol/messages/leave-group.js';
import { ListOffsets } from '../../src/protocol/messages/list-offsets.js';
import { Metadata } from '../../src/protocol/messages/metadata.js';
import { OffsetCommit } from '../../src/protocol/messages/offset-commit.js';
import { OffsetFetch } from '../../src/protocol/messages/offset-fetch.js';
import { Produce } from '../../src/protocol/messages/produce.js';
import { SyncGroup } from '../../src/protocol/messages/sync-group.js';
import { DeclaredBroker, declared } from '../load/declared-broker.js';
import { runKafkit, startKafkit } from './fixture/run-kafkit.js';
import { metadataOf, type UselessAddress, uselessAddresses } from './unanswering.js';

let addresses: UselessAddress[] = [];
const brokers: DeclaredBroker[] = [];

beforeAll(async () => {
  addresses = await uselessAddresses();
});

afterAll(() => {
  for (const each of [...addresses, ...brokers]) each.stop();
});

function address(kind: string): string {
  return addresses.find((each) => each.kind === kind)?.address ?? '';
}

function escaped(text: string): string {
  return text.replaceAll('.', '\\.');
}

test.each([
  ['a listener that takes connections and says nothing', 'silent', ['topics', 'list'], 'no answer to ApiVersions yet'],
  ['a broker that goes silent', 'silent after ApiVersions', ['lag', 'describe', 'g'], 'no answer to \\w+ yet'],
  ['a leader that goes silent', 'silent after Metadata', ['console', 'consume', 't', '--from-beginning'], 'no answer to \\w+ yet'],
  ['a coordinator that goes silent', 'silent after Metadata', ['console', 'consume', 't', '--group', 'g'], 'no answer to \\w+ yet'],
])('%s is named within five seconds, once', async (_title, kind, args, why) => {
  const at = address(kind);
  const outcome = await runKafkit([...args, '-b', at, '--timeout', '6500ms']);
  expect(outcome.code).toBe(1);
  const told = new RegExp(`^waiting for ${escaped(at)} since \\d{4}-\\S+Z: ${why}$`, 'gm');
  expect(outcome.stderr.match(told)).toHaveLength(1);
});

/** A broker all of whose partitions are without a leader. */
async function startLeaderless(): Promise<DeclaredBroker> {
  const leaderless: DeclaredBroker = await DeclaredBroker.start(
    [
      declared(Metadata, ({ topics }) => {
        const answer = metadataOf(leaderless.port, topics?.map(({ name }) => name ?? '') ?? ['t']);
        for (const topic of answer.topics)
          for (const partition of topic.partitions) Object.assign(partition, { errorCode: 5, leaderId: -1 });
        return answer;
      }),
    ],
    [Produce, Fetch, ListOffsets],
  );
  brokers.push(leaderless);
  return leaderless;
}

test('a partition without a leader is named to its producer and to its consumer', async () => {
  const leaderless = await startLeaderless();
  const consumed = await runKafkit(['console', 'consume', 't', '-b', leaderless.address, '--timeout', '6500ms']);
  expect(consumed.stderr).toMatch(/^waiting for partition t-0 since \S+Z: .*LEADER_NOT_AVAILABLE/m);
  const flags = ['--no-idempotence', '--timeout', '6500ms'];
  const produced = await runKafkit(['console', 'produce', 't', '-b', leaderless.address, ...flags], { stdin: 'a\n' });
  expect(produced.stderr).toMatch(/^waiting for partition t-0 since \S+Z: it has no leader$/m);
});

test('a coordinator that is not available is named', async () => {
  const broker: DeclaredBroker = await DeclaredBroker.start(
    [
      declared(Metadata, ({ topics }) => metadataOf(broker.port, topics?.map(({ name }) => name ?? '') ?? ['t'])),
      declared(FindCoordinator, ({ coordinatorKeys = [] }) => ({
        ...{ throttleTimeMs: 0, errorCode: 0, errorMessage: null, nodeId: 0, host: '', port: 0 },
        coordinators: coordinatorKeys.map((key) => ({ key, nodeId: -1, host: '', port: -1, errorCode: 15, errorMessage: null })),
      })),
    ],
    [Fetch, ListOffsets, JoinGroup, SyncGroup, Heartbeat, LeaveGroup, OffsetFetch, OffsetCommit],
  );
  brokers.push(broker);
  const outcome = await runKafkit(['console', 'consume', 't', '--group', 'g', '-b', broker.address, '--timeout', '6500ms']);
  expect(outcome.stderr).toMatch(/^waiting for the coordinator of 'g' since \S+Z: COORDINATOR_NOT_AVAILABLE/m);
});

test.each([
  ['an unknown topic', () => inject('bootstrap'), 1],
  ['a refused connection', () => '127.0.0.1:1', 1],
])('a producer stopped before it reads, by %s, ends with its account', async (_title, bootstrap, code) => {
  const outcome = await runKafkit(['console', 'produce', 'no-such-topic-here', '-b', bootstrap()], { stdin: 'a\n' });
  expect(outcome.code).toBe(code);
  expect(outcome.stderr).toMatch(/^error: [^]*\n0 records acknowledged in no-such-topic-here\n$/);
});

test('an interrupt says what it waits for, and the next one ends with the account', async () => {
  const leaderless = await startLeaderless();
  const home = await mkdtemp(join(tmpdir(), 'kafkit-outages-'));
  const args = ['console', 'produce', 't', '--no-idempotence', '-b', leaderless.address];
  const running = startKafkit(args, { home, stdin: 'a\n' });
  await running.waitFor('stderr', /^waiting for partition t-0/m);
  running.kill('SIGINT');
  await running.waitFor('stderr', /^interrupted: waiting for partition t-0 .*; interrupt again to give it up$/m);
  running.kill('SIGINT');
  const { code, stderr } = await running.outcome;
  await rm(home, { recursive: true });
  expect(code).toBe(130);
  expect(stderr).toMatch(/\n0 records acknowledged in t, 1 not\n$/);
});
