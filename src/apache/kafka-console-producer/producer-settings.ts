import type { ProduceOnwardOptions } from '../../operations/console/produce-onward.js';
import { deliveryTimeoutMs, isIdempotent, lingerMs, roundRobinClass } from '../java/producer-config.js';
import type { ProducerValues } from './producer-values.js';

type Settings = Pick<ProduceOnwardOptions, 'producer' | 'partitioner' | 'maxBlockMs' | 'maxRequestSize'>;

// Kafka's default batch, 16 KiB, makes many small requests; nobody can tell from the records.
const batchSize = 900 * 1024;

/** How to send, by settings that have been checked. */
export function producerSettings({ values, given }: ProducerValues, sync: boolean): Settings {
  const number = (key: string, byDefault: number): number => Number(values.get(key)?.trim() ?? byDefault);
  const acks = values.get('acks')?.trim() ?? 'all';
  const maxRequestSize = number('max.request.size', 1024 * 1024);
  const wanted = given.has('batch.size') ? number('batch.size', batchSize) : batchSize;
  const isLeaderOnly = acks === '0' || acks === '1';
  return {
    maxRequestSize,
    maxBlockMs: number('max.block.ms', 60_000),
    partitioner: partitionerOf(values),
    producer: {
      acks: isLeaderOnly ? (Number(acks) as 0 | 1) : -1, // one of the two
      idempotence: isIdempotent(values),
      compression: (values.get('compression.type')?.trim() ?? 'none') as 'none', // checked; the type stands for all five
      lingerMs: lingerMs(values),
      batchSize: Math.max(1, Math.min(wanted, Math.max(1, maxRequestSize))),
      // Records were measured before; a batch of one may be as large as Kafka lets it.
      maxRequestSize: Math.max(1, maxRequestSize),
      retries: Math.max(0, number('retries', Infinity)),
      deliveryTimeoutMs: Math.max(1, deliveryTimeoutMs(values)),
      requestTimeoutMs: Math.max(1, number('request.timeout.ms', 30_000)),
      maxInFlight: number('max.in.flight.requests.per.connection', 5),
      bufferMemory: Math.max(1, number('buffer.memory', 32 * 1024 * 1024)),
      retryBackoffMs: number('retry.backoff.ms', 100),
      retryBackoffMaxMs: number('retry.backoff.max.ms', 1000),
      sync,
    },
  };
}

function partitionerOf(values: ProducerValues['values']): Settings['partitioner'] {
  if (values.get('partitioner.class')?.trim() === roundRobinClass) return 'round-robin';
  return values.get('partitioner.ignore.keys')?.trim().toLowerCase() === 'true' ? 'sticky' : undefined;
}
