import { expect, test } from 'vitest';
import { brokerSettings, renderProperties, type BrokerPlace } from '../../../src/sandbox/broker-settings.js';

function place(id: number): BrokerPlace {
  return { id, port: 9091 + id, controllerPort: 19_091 + id, dir: `/sandbox/broker-${id}` };
}

test('one broker keeps one copy of everything', () => {
  expect(brokerSettings(place(1), [place(1)])).toMatchObject({
    'node.id': '1',
    'broker.rack': 'r1',
    listeners: 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:19092',
    'controller.quorum.voters': '1@127.0.0.1:19092',
    'log.dirs': '/sandbox/broker-1/data',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
  });
});

test('three brokers vote together and keep three copies, of which two must be written', () => {
  const cluster = [place(1), place(2), place(3)];
  expect(brokerSettings(place(3), cluster)).toMatchObject({
    'node.id': '3',
    'broker.rack': 'r3',
    'controller.quorum.voters': '1@127.0.0.1:19092,2@127.0.0.1:19093,3@127.0.0.1:19094',
    'offsets.topic.replication.factor': '3',
    'transaction.state.log.min.isr': '2',
  });
});

test('settings asked for win over the sandbox’s own', () => {
  const settings = brokerSettings(place(1), [place(1)], { 'auto.create.topics.enable': 'true', 'message.max.bytes': '5' });
  expect(settings).toMatchObject({ 'auto.create.topics.enable': 'true', 'message.max.bytes': '5' });
});

test('a properties file keeps backslashes and line ends inside values', () => {
  expect(renderProperties({ a: 'C:\\kafka', b: 'one\ntwo' })).toBe('a=C:\\\\kafka\nb=one\\ntwo\n');
});
