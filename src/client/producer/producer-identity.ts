import { DescribeProducers } from '../../protocol/messages/describe-producers.js';
import { InitProducerId } from '../../protocol/messages/init-producer-id.js';
import { brokerError } from '../broker-error.js';
import type { Cluster, Limits } from '../cluster.js';
import type { ProducerIdentity } from './sequenced-batch.js';

// What Java's client sends for a producer without transactions.
const noTransactionTimeout = 0x7fffffff;

/**
 * A fresh producer id for an idempotent producer (KIP-98).
 *
 * @throws CliError `authorization` where brokers before 2.8 want the right IdempotentWrite, and those of the cluster
 */
export async function newProducerIdentity(cluster: Cluster, limits: Limits): Promise<ProducerIdentity> {
  const body = { transactionalId: null, transactionTimeoutMs: noTransactionTimeout };
  const answer = await cluster.request(InitProducerId, body, limits);
  if (answer.errorCode !== 0) throw brokerError(answer.errorCode, null, 'cannot get a producer id for idempotent writes');
  return { producerId: answer.producerId, epoch: answer.producerEpoch };
}

/**
 * The last sequence that a partition's leader holds of a producer (KIP-664); undefined when it knows nothing of the producer
 * or cannot be asked.
 */
export async function lastSequenceOf(
  cluster: Cluster,
  { topic, partition }: { readonly topic: string; readonly partition: number },
  { producerId }: ProducerIdentity,
  limits: Limits,
): Promise<{ epoch: number; lastSequence: number } | undefined> {
  try {
    const body = { topics: [{ name: topic, partitionIndexes: [partition] }] };
    const answer = await cluster.request(DescribeProducers, body, limits);
    const active = answer.topics[0]?.partitions[0]?.activeProducers.find((producer) => producer.producerId === producerId);
    return active === undefined ? undefined : { epoch: active.producerEpoch, lastSequence: active.lastSequence };
  } catch {
    // An old broker, a missing right, nobody there: the caller does what it can without the answer.
    return undefined;
  }
}
