import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeProduce } from '../../../../src/client/producer/encode-produce.js';
import { copyRecord } from '../../../../src/client/producer/copy-record.js';
import { produceVerdict } from '../../../../src/client/producer/produce-verdict.js';
import { ReportBuilder } from '../../../../src/client/producer/producer-report.js';
import { resolveProducerSettings } from '../../../../src/client/producer/producer-settings.js';
import { TagRuns } from '../../../../src/client/producer/tag-runs.js';
import { emptyRecordRange } from '../../../../src/core/record-formats/record-range.js';
import { encodeRequest } from '../../../../src/protocol/frame.js';
import { Produce } from '../../../../src/protocol/messages/produce.js';

test('the tag of every record is found again, however the tags jump', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1 }), (jumps) => {
      const runs = new TagRuns();
      let tag = 100;
      const tags = jumps.map((jump) => (tag += jump));
      for (const each of tags) runs.add(each);
      expect(tags.map((_, index) => runs.at(index))).toEqual(tags);
    }),
  );
});

test('runs of tags added at once are the tags added one by one', () => {
  const portions = fc.array(fc.record({ first: fc.nat({ max: 50 }), count: fc.nat({ max: 5 }) }), { maxLength: 20 });
  fc.assert(
    fc.property(portions, (given) => {
      const runs = new TagRuns();
      const tags = given.flatMap(({ first, count }) => Array.from({ length: count }, (_, index) => first + index));
      for (const { first, count } of given) runs.addRun(first, count);
      expect(tags.map((_, index) => runs.at(index))).toEqual(tags);
    }),
  );
});

test.each([8, 9, 11])('a Produce request in pieces has the bytes of the declared message, version %i', (version) => {
  const parts = [
    { topic: 'a', partition: 3, bytes: Buffer.from('first') },
    { topic: 'b', partition: 0, bytes: Buffer.alloc(300, 7) },
    { topic: 'a', partition: 1, bytes: Buffer.from('') },
  ];
  for (const transactionalId of [null, 'tx']) {
    const envelope = { version, clientId: 'me', acks: -1 as const, timeoutMs: 1234, transactionalId };
    const pieces = encodeProduce(envelope, 77, parts);
    const whole = encodeRequest(Produce, version, 77, 'me', {
      transactionalId,
      acks: -1,
      timeoutMs: 1234,
      topicData: [
        {
          name: 'a',
          partitionData: [
            { index: 3, records: parts[0]?.bytes ?? null },
            { index: 1, records: parts[2]?.bytes ?? null },
          ],
        },
        { name: 'b', partitionData: [{ index: 0, records: parts[1]?.bytes ?? null }] },
      ],
    });
    expect(Buffer.concat(pieces).equals(whole)).toBe(true);
    expect(pieces).toContain(parts[1]?.bytes);
  }
});

test.each([
  ['no error', 0, 5, 'written'],
  ['a repeat that the broker recognised', 46, 5, 'written'],
  ['a leader that has moved', 6, 5, 'retry'],
  ['too few replicas after the append', 20, 5, 'retry'],
  ['a sequence out of order', 45, 5, 'out-of-order'],
  ['a forgotten producer id', 59, 5, 'out-of-order'],
  ['a batch that is too large', 10, 5, 'split'],
  ['one record that is too large', 10, 1, 'failed'],
  ['an invalid record', 87, 5, 'failed'],
  ['a missing right on the topic', 29, 5, 'failed'],
  ['a missing right to write idempotently', 31, 5, 'fatal'],
  ['a fenced producer', 90, 5, 'fatal'],
  ['a code from the future', 9999, 5, 'failed'],
] as const)('%s is judged', (_, code, count, verdict) => {
  expect(produceVerdict(code, { count, baseSequence: 0 })).toBe(verdict);
});

test('neighbouring failures of one kind are one entry, others are listed apart, and past 100 only counted', () => {
  const report = new ReportBuilder();
  const failure = { topic: 't', partition: 0, error: 'X', message: 'm' };
  report.fail({ ...failure, firstTag: 5, lastTag: 9, count: 5 });
  report.fail({ ...failure, firstTag: 1, lastTag: 4, count: 3 });
  for (let partition = 1; partition <= 120; partition++) report.fail({ ...failure, partition, firstTag: 1, lastTag: 2, count: 2 });
  expect(report.failures[0]).toEqual({ ...failure, firstTag: 1, lastTag: 9, count: 8 });
  expect(report.failures).toHaveLength(100);
  expect(report.unlisted).toBe(2 * 21);
  expect(report.failed).toBe(8 + 2 * 120);
});

test('a copied record keeps null and empty apart and no longer reads its source', () => {
  const source = Buffer.from('..key.value');
  const record = { ...emptyRecordRange(), source, keyStart: 2, keyEnd: 5, valueStart: 6, valueEnd: 11, tag: 4 };
  const copy = copyRecord(record);
  source.fill(0);
  expect(Buffer.from(copy.source).toString()).toBe('keyvalue');
  expect(copy).toMatchObject({ keyStart: 0, keyEnd: 3, valueStart: 3, valueEnd: 8, tag: 4 });
  expect(copyRecord({ ...record, keyStart: -1 })).toMatchObject({ keyStart: -1, valueStart: 0, valueEnd: 5 });
  expect(copyRecord({ ...record, valueStart: 6, valueEnd: 6 })).toMatchObject({ valueStart: 3, valueEnd: 3 });
});

test('acks other than all turn idempotence off, and contradictions are refused', () => {
  expect(resolveProducerSettings({})).toMatchObject({ acks: -1, idempotence: true });
  expect(resolveProducerSettings({ acks: 1 })).toMatchObject({ idempotence: false });
  expect(() => resolveProducerSettings({ acks: 1, idempotence: true })).toThrow('enable.idempotence needs acks=all');
  expect(() => resolveProducerSettings({ acks: 0, transactionalId: 'x' })).toThrow('enable.idempotence needs acks=all');
  expect(() => resolveProducerSettings({ idempotence: false, transactionalId: 'x' })).toThrow('transactional id');
  expect(() => resolveProducerSettings({ maxInFlight: 6 })).toThrow('at most 5');
  expect(() => resolveProducerSettings({ batchSize: 0 })).toThrow('batchSize must be more than 0');
});

test('a record may linger for any time: it is given up only after that, and a request', () => {
  expect(resolveProducerSettings({}).deliveryTimeoutMs).toBe(120_000);
  expect(resolveProducerSettings({ lingerMs: 300_000 }).deliveryTimeoutMs).toBe(330_000);
  expect(resolveProducerSettings({ lingerMs: 2 ** 63 }).deliveryTimeoutMs).toBeGreaterThanOrEqual(2 ** 63);
  expect(() => resolveProducerSettings({ lingerMs: 2000, deliveryTimeoutMs: 1000 })).toThrow('before they have lingered 2000 ms');
});
