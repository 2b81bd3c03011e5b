import { describe, expect, test } from 'vitest';
import type { ConsumeFlags } from '../../../../src/cli/console/consume-flags.js';
import { commitPolicy, memberOptions, type Properties } from '../../../../src/cli/console/group-flags.js';

const file = (values: Readonly<Record<string, string>>): Properties =>
  new Map(Object.entries(values).map(([key, value]) => [key, { value, source: 'client.properties' }]));

const options = (flags: ConsumeFlags, values: Readonly<Record<string, string>> = {}, topics = ['orders']) =>
  memberOptions({ group: 'billing', ...flags }, topics, file(values));

describe('what kind of member', () => {
  test.each<[ConsumeFlags, Record<string, string>, object]>([
    [{}, {}, { groupId: 'billing', topics: ['orders'], protocol: 'classic', assignors: undefined, autoOffsetReset: 'latest' }],
    [{ fromBeginning: true }, { 'auto.offset.reset': 'none' }, { autoOffsetReset: 'earliest' }],
    [{}, { 'auto.offset.reset': 'none' }, { autoOffsetReset: 'none' }],
    [{}, { 'group.protocol': 'CONSUMER', 'group.remote.assignor': 'range' }, { protocol: 'consumer', serverAssignor: 'range' }],
    [{ groupProtocol: 'classic' }, { 'group.protocol': 'consumer' }, { protocol: 'classic' }],
    [{ groupProtocol: 'consumer', assignor: ['uniform'] }, {}, { serverAssignor: 'uniform' }],
    [{ assignor: ['sticky', 'range'] }, {}, { assignors: ['sticky', 'range'] }],
    [
      {},
      { 'partition.assignment.strategy': 'org.apache.kafka.clients.consumer.StickyAssignor, range' },
      { assignors: ['sticky', 'range'] },
    ],
    [{ sessionTimeout: '6s' }, {}, { sessionTimeoutMs: 6000, heartbeatIntervalMs: 2000 }],
    [{}, { 'session.timeout.ms': '60000' }, { sessionTimeoutMs: 60_000, heartbeatIntervalMs: 3000 }],
    [
      {},
      { 'heartbeat.interval.ms': '500', 'max.poll.interval.ms': '9000', 'group.instance.id': 'a' },
      { heartbeatIntervalMs: 500, rebalanceTimeoutMs: 9000, groupInstanceId: 'a' },
    ],
  ])('%j with %j', (flags, values, expected) => {
    expect(options(flags, values)).toMatchObject(expected);
  });

  test.each<[ConsumeFlags, Record<string, string>, string]>([
    [{ group: '' }, {}, 'the group id must not be empty'],
    [{ assignor: ['best'] }, {}, "--assignor 'best' is not known"],
    [{ groupProtocol: 'consumer', assignor: ['sticky'] }, {}, "--assignor 'sticky' is not known to the consumer protocol"],
    [{ groupProtocol: 'consumer', sessionTimeout: '6s' }, {}, '--session-timeout has no meaning with the consumer protocol'],
    [{}, { 'group.protocol': 'share' }, "client.properties: group.protocol is 'share'"],
    [{}, { 'session.timeout.ms': '6s' }, "client.properties: session.timeout.ms is '6s'"],
  ])('%j with %j is refused', (flags, values, message) => {
    expect(() => options(flags, values)).toThrow(message);
  });
});

test('patterns match whole names as the words mean them, and names beside them exactly', () => {
  const { pattern } = options({}, {}, ['a.b', 'orders-*', '/bill/']);
  const whole = new RegExp(`^(?:${pattern?.source ?? ''})$`);
  const names = ['a.b', 'axb', 'orders-eu', 'my-orders-eu', 'billing', 'old-bills', 'other'];
  expect(names.filter((name) => whole.test(name))).toEqual(['a.b', 'orders-eu', 'billing', 'old-bills']);
});

test('no topic at all is refused', () => {
  expect(() => options({}, {}, [])).toThrow('no topic is named');
});

test('commits follow each batch, unless asked otherwise', () => {
  expect(commitPolicy({})).toEqual({ kind: 'batch' });
  expect(commitPolicy({ commit: 'none' })).toEqual({ kind: 'none' });
  expect(commitPolicy({ commit: 'interval' })).toEqual({ kind: 'interval', ms: 5000 });
  expect(commitPolicy({ commit: 'interval', commitInterval: '2s' })).toEqual({ kind: 'interval', ms: 2000 });
  expect(() => commitPolicy({ commitInterval: '2s' })).toThrow('--commit-interval');
});
