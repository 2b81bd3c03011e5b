import type { ProduceSequenceOptions } from '../../operations/verify/produce-sequence.js';
import { deliveryTimeoutMs, isIdempotent, lingerMs } from '../java/producer-config.js';

/** How a producer with these settings of Kafka's sends; they have been checked. */
export function producerSettings(values: ReadonlyMap<string, string>): ProduceSequenceOptions['producer'] {
  const number = (key: string): number | undefined => {
    const text = values.get(key);
    return text === undefined ? undefined : Number(text);
  };
  const acks = values.get('acks')?.trim() ?? 'all';
  const given = {
    acks: acks === 'all' ? -1 : (Number(acks) as -1 | 0 | 1), // checked
    idempotence: isIdempotent(values),
    retries: number('retries'),
    // A name that was checked.
    compression: values.get('compression.type')?.trim() as ProduceSequenceOptions['producer']['compression'],
    lingerMs: lingerMs(values),
    batchSize: atLeastOne(number('batch.size')),
    maxRequestSize: atLeastOne(number('max.request.size')),
    deliveryTimeoutMs: deliveryTimeoutMs(values),
    requestTimeoutMs: number('request.timeout.ms'),
    maxInFlight: number('max.in.flight.requests.per.connection'),
    bufferMemory: atLeastOne(number('buffer.memory')),
    retryBackoffMs: number('retry.backoff.ms'),
    retryBackoffMaxMs: number('retry.backoff.max.ms'),
  };
  // A setting that is absent must not replace a default.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function atLeastOne(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.max(1, value);
}
