import { expect, test } from 'vitest';
import { appendNumbers, openStage, textRecord, type Stage } from './drive.js';
import { FakeCluster } from './fake-cluster.js';

interface Coordinator {
  /** Names of the transactional requests so far. */
  readonly asked: string[];
  /** Codes that the next requests of a name answer with; 0 when there are no more. */
  readonly codes: Record<string, number[]>;
}

async function openTransactional(): Promise<Stage & { coordinator: Coordinator }> {
  const cluster = new FakeCluster({ orders: 2 });
  const coordinator: Coordinator = { asked: [], codes: {} };
  let epoch = 4;
  const answer = (name: string, make: (code: number, body: never) => unknown): void => {
    cluster.answers.set(name, (body) => {
      coordinator.asked.push(name);
      return make(coordinator.codes[name]?.shift() ?? 0, body);
    });
  };
  answer('InitProducerId', (errorCode) => ({ errorCode, producerId: 7n, producerEpoch: ++epoch }));
  answer('AddPartitionsToTxn', (code, body: { v3AndBelowTopics: { name: string; partitions: number[] }[] }) => ({
    resultsByTopicV3AndBelow: body.v3AndBelowTopics.map(({ name, partitions }) => ({
      name,
      resultsByPartition: partitions.map((partitionIndex) => ({ partitionIndex, partitionErrorCode: code })),
    })),
  }));
  answer('AddOffsetsToTxn', (errorCode) => ({ errorCode }));
  answer('TxnOffsetCommit', (errorCode) => ({ topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, errorCode }] }] }));
  answer('EndTxn', (errorCode) => ({ errorCode }));
  const stage = await openStage({ transactionalId: 'tx', retryBackoffMs: 1 }, cluster);
  return { ...stage, coordinator };
}

function ends({ cluster }: Stage): unknown[] {
  return cluster.requests.filter(({ name }) => name === 'EndTxn').map(({ body }) => (body as { committed: boolean }).committed);
}

test('a transaction adds each partition once before it writes there, and commits after all records', async () => {
  const stage = await openTransactional();
  const { producer, coordinator, cluster, until } = stage;
  producer.transactions.begin();
  appendNumbers(producer, 20, 0, { partition: 0 });
  appendNumbers(producer, 20, 20, { partition: 1 });
  await until(producer.flush());
  appendNumbers(producer, 20, 40, { partition: 0 });
  await until(producer.transactions.commit());
  expect(coordinator.asked).toEqual(['InitProducerId', 'AddPartitionsToTxn', 'EndTxn']);
  expect(ends(stage)).toEqual([true]);
  expect(cluster.log('orders', 0)).toHaveLength(40);
  expect(producer.report()).toMatchObject({ acknowledged: 60, failed: 0 });
});

test('the next transaction adds its partitions anew, and asks again while the last one is completing', async () => {
  const stage = await openTransactional();
  const { producer, coordinator, until } = stage;
  for (let round = 0; round < 2; round++) {
    producer.transactions.begin();
    appendNumbers(producer, 3, 0, { partition: 0 });
    coordinator.codes['AddPartitionsToTxn'] = [51, 51];
    await until(producer.transactions.commit());
  }
  expect(coordinator.asked.filter((name) => name === 'AddPartitionsToTxn')).toHaveLength(6);
  expect(ends(stage)).toEqual([true, true]);
});

test('an empty transaction asks the coordinator for nothing', async () => {
  const { producer, coordinator, until } = await openTransactional();
  producer.transactions.begin();
  await until(producer.transactions.commit());
  expect(coordinator.asked).toEqual(['InitProducerId']);
});

test('when a record is lost the commit is refused; after the abort a new epoch starts and the next transaction is whole', async () => {
  const stage = await openTransactional();
  const { producer, coordinator, cluster, until, faults } = stage;
  faults.push({ code: 29 });
  producer.transactions.begin();
  appendNumbers(producer, 5, 0, { partition: 0 });
  await expect(until(producer.transactions.commit())).rejects.toThrow(
    /^the transaction cannot be committed: TOPIC_AUTHORIZATION_FAILED: /,
  );
  expect(() => producer.append('orders', textRecord('x'))).toThrow('the transaction cannot be committed');
  await until(producer.transactions.abort());
  expect(ends(stage)).toEqual([false]);
  expect(coordinator.asked.at(-1)).toBe('InitProducerId');
  expect(cluster.requests.at(-1)?.body).toMatchObject({ producerId: 7n, producerEpoch: 5 });

  producer.transactions.begin();
  appendNumbers(producer, 5, 100, { partition: 0 });
  await until(producer.transactions.commit());
  expect(cluster.log('orders', 0)).toEqual(['100', '101', '102', '103', '104']);
  expect([...cluster.state('orders', 0).partition.producers()]).toEqual([{ producerId: 7n, epoch: 6, lastSequence: 4 }]);
});

test('offsets are added and committed under the transaction; passing errors are asked again', async () => {
  const { producer, coordinator, cluster, until } = await openTransactional();
  producer.transactions.begin();
  coordinator.codes['TxnOffsetCommit'] = [14, 0];
  await until(
    producer.transactions.sendOffsets({ groupId: 'g', memberId: 'm', generationId: 3 }, [
      { topic: 'orders', partition: 0, offset: 9n },
    ]),
  );
  await until(producer.transactions.commit());
  expect(coordinator.asked).toEqual(['InitProducerId', 'AddOffsetsToTxn', 'TxnOffsetCommit', 'TxnOffsetCommit', 'EndTxn']);
  expect(cluster.requests.find(({ name }) => name === 'TxnOffsetCommit')?.body).toMatchObject({
    groupId: 'g',
    memberId: 'm',
    generationId: 3,
    producerId: 7n,
    producerEpoch: 5,
    topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, committedOffset: 9n, committedLeaderEpoch: -1 }] }],
  });
});

test('a group that has moved on fails the transaction, and an abort mends it', async () => {
  const stage = await openTransactional();
  const { producer, coordinator, until } = stage;
  producer.transactions.begin();
  coordinator.codes['TxnOffsetCommit'] = [22];
  const offsets = [{ topic: 'orders', partition: 0, offset: 9n }];
  await expect(until(producer.transactions.sendOffsets({ groupId: 'g' }, offsets))).rejects.toMatchObject({
    kafkaName: 'ILLEGAL_GENERATION',
  });
  await expect(until(producer.transactions.commit())).rejects.toThrow('the transaction cannot be committed');
  await until(producer.transactions.abort());
  expect(ends(stage)).toEqual([false]);
  producer.transactions.begin();
});

test('a producer that is fenced ends for good, and says who took over', async () => {
  const { producer, coordinator, until } = await openTransactional();
  producer.transactions.begin();
  appendNumbers(producer, 3, 0, { partition: 0 });
  coordinator.codes['EndTxn'] = [47];
  await expect(until(producer.transactions.commit())).rejects.toMatchObject({
    kafkaName: 'PRODUCER_FENCED',
    message: 'cannot commit the transaction: another producer has taken over the transactional id (PRODUCER_FENCED)',
  });
  expect(() => producer.transactions.begin()).toThrow('another producer has taken over');
  expect(() => producer.append('orders', textRecord('x'))).toThrow('another producer has taken over');
  expect(await until(producer.close())).toMatchObject({ acknowledged: 3 });
});

test('records outside of a transaction, two at once, and an end without a beginning are refused', async () => {
  const { producer, until } = await openTransactional();
  expect(() => producer.append('orders', textRecord('x'))).toThrow(
    'records of a transactional producer belong between begin and commit',
  );
  await expect(until(producer.transactions.abort())).rejects.toThrow('no transaction is open');
  producer.transactions.begin();
  expect(() => producer.transactions.begin()).toThrow('a transaction is open already');
});

test('closing a producer aborts the transaction that is open', async () => {
  const stage = await openTransactional();
  const { producer, until } = stage;
  producer.transactions.begin();
  appendNumbers(producer, 3, 0, { partition: 0 });
  await until(producer.flush());
  appendNumbers(producer, 2, 3, { partition: 1 });
  expect(await until(producer.close())).toMatchObject({ acknowledged: 3, failed: 2, failures: [{ error: 'ABORTED' }] });
  expect(ends(stage)).toEqual([false]);
});

test('a producer without a transactional id has no transactions', async () => {
  const { producer } = await openStage();
  expect(() => producer.transactions.begin()).toThrow('transactions need a transactional id');
});
