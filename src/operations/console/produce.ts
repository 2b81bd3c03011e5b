import { crc32 } from 'node:zlib';
import { rightHint } from '../../client/broker-error.js';
import { openProducer } from '../../client/producer/open-producer.js';
import type { ProducerSettings } from '../../client/producer/producer-settings.js';
import { createPartitioner, type PartitionerName } from '../../core/partitioners/create-partitioner.js';
import { CliError } from '../../core/errors.js';
import type { Context } from '../context.js';
import { deliverRecords, type DeliverOptions, type DeliverOutcome } from './deliver-records.js';
import type { LinePlace } from './line-places.js';
import { TransactionalSender } from './transactional-sender.js';

export interface ProduceOptions extends Omit<DeliverOptions, 'signal' | 'hurry'> {
  readonly producer: Partial<Omit<ProducerSettings, 'topics' | 'onDelivery' | 'partitioner'>>;
  /** For records that name no partition; default: as Java's producer. */
  readonly partitioner: PartitionerName | undefined;
}

/** Records of one partition that were lost for one reason, by the lines they stood in. */
export interface LostRecords {
  readonly partition: number;
  readonly first: LinePlace;
  readonly last: LinePlace;
  readonly count: number;
  /** Kafka's name of the error. */
  readonly error: string;
  readonly message: string;
}

/** What became of every line read. */
export interface ProduceReport {
  readonly topic: string;
  readonly lines: number;
  readonly acknowledged: number;
  /** Sent with acks=0, which nobody acknowledges. */
  readonly sent: number;
  readonly failed: number;
  readonly failures: readonly LostRecords[];
  /** Failed records that `failures` does not list. */
  readonly unlisted: number;
  /** How the transaction ended, where there was one. */
  readonly transaction: 'committed' | 'aborted' | undefined;
  /** Why not everything was read and acknowledged; its code is `aborted` after an interrupt. */
  readonly problem: CliError | undefined;
}

/**
 * Writes the records of all sources to a topic, and tells what became of them. Reading stops at a line that is no record, at
 * the first record that is lost, and when interrupted; what was read until then is delivered.
 *
 * @throws CliError `usage`, `not-found` (the topic), `authorization` and those of the cluster, all before anything is read
 */
export async function produce(context: Context, options: ProduceOptions): Promise<ProduceReport> {
  const { topic } = options;
  const cluster = await context.connect();
  const lost = new AbortController();
  const sender = await openProducer(cluster, {
    ...options.producer,
    ...partitionerOf(options.partitioner),
    topics: [topic],
    onDelivery: ({ error }) => {
      if (error !== undefined) lost.abort();
    },
  });
  const signal = AbortSignal.any([context.signal, lost.signal]);
  if (options.producer.transactionalId === undefined) {
    const outcome = await deliverRecords(sender, { ...options, signal, hurry: context.hurry });
    return { ...reportOf(topic, outcome), transaction: undefined, problem: problemOf(outcome, topic, context.signal) };
  }
  const transaction = new TransactionalSender(sender);
  const outcome = await deliverRecords(transaction, { ...options, signal, hurry: context.hurry });
  const report = reportOf(topic, outcome);
  const problem = problemOf(outcome, topic, context.signal) ?? transaction.problem;
  if (transaction.isCommitted) return { ...report, transaction: 'committed', problem };
  // What brokers acknowledged of an aborted transaction no reader of committed records will see.
  return { ...report, acknowledged: 0, transaction: 'aborted', problem };
}

function partitionerOf(name: PartitionerName | undefined): Pick<ProducerSettings, 'partitioner'> | undefined {
  if (name === undefined) return undefined;
  return { partitioner: () => createPartitioner(name, { random: Math.random, crc32 }) };
}

function reportOf(topic: string, { lines, report, places }: DeliverOutcome): Omit<ProduceReport, 'problem' | 'transaction'> {
  const { acknowledged, sent, failed, unlisted } = report;
  const failures = report.failures.map(({ partition, firstTag, lastTag, count, error, message }) => {
    return { partition, first: places.placeOf(firstTag), last: places.placeOf(lastTag), count, error, message };
  });
  return { topic, lines, acknowledged, sent, failed, failures, unlisted };
}

function problemOf(outcome: DeliverOutcome, topic: string, signal: AbortSignal): CliError | undefined {
  if (signal.aborted) return new CliError('aborted', 'interrupted');
  const { problem, report, isComplete, places, lines } = outcome;
  if (problem !== undefined) return problem;
  if (report.failed === 0) return undefined;
  const lost = report.failed === 1 ? '1 record was not acknowledged' : `${report.failed} records were not acknowledged`;
  const isForbidden = report.failures.some(({ error }) => error === 'TOPIC_AUTHORIZATION_FAILED');
  return new CliError('partial', isComplete ? lost : `${lost}; reading stopped at ${places.describe(lines)}`, {
    hint: isForbidden ? rightHint('Write', `topic '${topic}'`) : undefined,
  });
}
