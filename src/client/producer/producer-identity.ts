import { errorCode, kafkaError } from '../../protocol/errors.js';
import { DescribeProducers } from '../../protocol/messages/describe-producers.js';
import { InitProducerId } from '../../protocol/messages/init-producer-id.js';
import { BrokerError, brokerError, rightHint } from '../broker-error.js';
import type { Cluster, Limits } from '../cluster.js';
import type { ProducerIdentity } from './sequenced-batch.js';

// What Java's client sends for a producer without transactions.
const noTransactionTimeout = 0x7fffffff;

/**
 * A fresh producer id for an idempotent producer (KIP-98).
 *
 * @param topics what it will write to
 * @throws CliError `authorization` where the user may write to no topic at all, and those of the cluster
 */
export async function newProducerIdentity(cluster: Cluster, topics: Iterable<string>, limits: Limits): Promise<ProducerIdentity> {
  const body = { transactionalId: null, transactionTimeoutMs: noTransactionTimeout };
  const answer = await cluster.request(InitProducerId, body, limits);
  if (answer.errorCode !== 0) throw identityError(answer.errorCode, [...topics]);
  return { producerId: answer.producerId, epoch: answer.producerEpoch };
}

/** Brokers give an id to whoever may write to any topic (KIP-679), and name the cluster where that is nobody. */
function identityError(code: number, topics: readonly string[]): BrokerError {
  const names = topics.map((name) => `'${name}'`).join(', ');
  if (code !== errorCode.CLUSTER_AUTHORIZATION_FAILED || topics.length === 0)
    return brokerError(code, null, 'cannot get a producer id for idempotent writes');
  const { name } = kafkaError(code);
  const text = `cannot write to topic ${names}: not authorized to write to it, nor to any other topic (${name})`;
  const hint = rightHint('Write', `topic ${names} (before Kafka 2.8 also IdempotentWrite on the cluster)`);
  return new BrokerError('authorization', text, { code, name, said: undefined }, { hint });
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
