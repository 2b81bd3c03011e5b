import { crc32 } from 'node:zlib';
import { createPartitioner, type PartitionerName } from '../../core/partitioners/create-partitioner.js';
import type { Context } from '../context.js';
import { deliverRecords, type DeliverOptions, type DeliverOutcome } from './deliver-records.js';
import { javaLines } from './java-lines.js';
import { OnwardSender, type OnwardOptions } from './onward-sender.js';

export interface ProduceOnwardOptions
  extends Omit<DeliverOptions, 'signal' | 'delimiter' | 'skipBlank' | 'maxLineBytes'>, Omit<OnwardOptions, 'topic'> {
  readonly partitioner: PartitionerName | undefined;
}

// As long as a line of Java can be.
const longestLine = 2 ** 31 - 1;

/**
 * Writes lines to a topic as Kafka's console producer does: a topic that is not there is waited for, a record that is lost is told
 * of, and reading goes on, unless `stopAtLoss`.
 */
export function produceOnward(context: Context, options: ProduceOnwardOptions): Promise<DeliverOutcome> {
  const { partitioner: name } = options;
  const partitioner =
    name === undefined ? undefined : { partitioner: () => createPartitioner(name, { random: Math.random, crc32 }) };
  const sender = new OnwardSender(context, { ...options, producer: { ...options.producer, ...partitioner } });
  return deliverRecords(sender, {
    topic: options.topic,
    sources: options.sources.map(javaLines),
    delimiter: Uint8Array.of(0x0a),
    parse: options.parse,
    skipBlank: false,
    maxLineBytes: longestLine,
    signal: context.signal,
  });
}
