import { CliError } from '../../core/errors.js';
import type { Partitioner } from '../../core/partitioners/partitioner.js';
import type { CompressionType } from '../../protocol/compression/codec.js';

/** What became of one batch; told as it happens, for tools that measure or verify. */
export interface Delivery {
  readonly topic: string;
  readonly partition: number;
  readonly count: number;
  /** Offset of the first record; undefined when it failed, and when only the broker knows (acks=0, a repeat it recognised). */
  readonly baseOffset: bigint | undefined;
  /** Milliseconds from the batch's first record to its outcome. */
  readonly elapsedMs: number;
  /** The tag of the record at an index of the batch. */
  readonly tagAt: (index: number) => number;
  /** Kafka's name of the error; undefined for success. */
  readonly error: string | undefined;
  /** Each record of a failed batch, none of one that did not fail. To be called at once: the bytes are used again. */
  readonly lost: () => readonly LostRecord[];
}

/** A record that did not arrive. */
export interface LostRecord {
  readonly tag: number;
  /** Bytes of key and value; `undefined` for null. */
  readonly keySize: number | undefined;
  readonly valueSize: number | undefined;
  /** Kafka's name of the error, or `DELIVERY_TIMEOUT`, `ABORTED`. */
  readonly error: string;
  readonly message: string;
}

/** How to produce. Times are in milliseconds, sizes in bytes. */
export interface ProducerSettings {
  /** -1: all in-sync replicas have the records; 1: the leader has; 0: no broker says anything. */
  readonly acks: -1 | 0 | 1;
  /** Each record once and in order, also through retries (KIP-98); needs acks -1. Without it a retry may duplicate records. */
  readonly idempotence: boolean;
  readonly compression: CompressionType;
  /** Makes the partitioner of a topic; default: as Java's, by key, else sticky. */
  readonly partitioner: (() => Partitioner) | undefined;
  /** How long a batch that is not full waits for more records. */
  readonly lingerMs: number;
  /** Largest batch. One record that is larger travels alone. */
  readonly batchSize: number;
  /** Largest request, and so largest record. */
  readonly maxRequestSize: number;
  /** From the first record of a batch to its outcome, retries included. */
  readonly deliveryTimeoutMs: number;
  /** One request. */
  readonly requestTimeoutMs: number;
  /** How often a batch is sent again after an attempt that failed; 0 for a single attempt. */
  readonly retries: number;
  /** Unanswered requests to one broker. */
  readonly maxInFlight: number;
  /** Batches held, open ones included; past it `append` asks to wait. */
  readonly bufferMemory: number;
  readonly transactionalId: string | undefined;
  /** How long the cluster keeps a transaction open that hears nothing. */
  readonly transactionTimeoutMs: number;
  /** `append` sends each record at once and answers with its outcome's promise. */
  readonly sync: boolean;
  /** Create topics that do not exist, with the brokers' own counts. */
  readonly createTopics: boolean;
  /** Topics to look up at the start, so that a misspelt one fails then. */
  readonly topics: readonly string[];
  /** Pauses between attempts: the first, and the longest. */
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly onDelivery: ((delivery: Delivery) => void) | undefined;
}

/** Kafka's defaults, but with batches as large as a topic takes by default: five large requests beat many small ones. */
export const defaultProducerSettings: ProducerSettings = {
  acks: -1,
  idempotence: true,
  compression: 'none',
  partitioner: undefined,
  lingerMs: 5,
  batchSize: 900 * 1024,
  maxRequestSize: 1024 * 1024,
  deliveryTimeoutMs: 120_000,
  requestTimeoutMs: 30_000,
  retries: Infinity,
  maxInFlight: 5,
  bufferMemory: 32 * 1024 * 1024,
  transactionalId: undefined,
  transactionTimeoutMs: 60_000,
  sync: false,
  createTopics: false,
  topics: [],
  retryBackoffMs: 100,
  retryBackoffMaxMs: 1000,
  onDelivery: undefined,
};

/** A record that may wait for company for longer than it may wait at all would never be sent. */
function withPatience(settings: ProducerSettings, said: Partial<ProducerSettings>): ProducerSettings {
  const { lingerMs, requestTimeoutMs, deliveryTimeoutMs } = settings;
  if (said.deliveryTimeoutMs === undefined)
    return { ...settings, deliveryTimeoutMs: Math.max(deliveryTimeoutMs, lingerMs + requestTimeoutMs) };
  if (lingerMs > deliveryTimeoutMs) {
    throw new CliError(
      'usage',
      `records would be given up after ${deliveryTimeoutMs} ms, before they have lingered ${lingerMs} ms`,
      {
        hint: 'give a longer --delivery-timeout or a shorter --linger',
      },
    );
  }
  return settings;
}

/**
 * Fills in defaults and refuses settings that contradict each other. `acks` other than -1 turns idempotence off unless asked for.
 *
 * @throws CliError `usage`
 */
export function resolveProducerSettings(given: Partial<ProducerSettings>): ProducerSettings {
  // A caller may pass on a setting that it was not given; undefined must not replace a default.
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<ProducerSettings>;
  const settings = withPatience({ ...defaultProducerSettings, ...said }, said);
  const idempotence = given.idempotence ?? (settings.acks === -1 || settings.transactionalId !== undefined);
  if (idempotence && settings.acks !== -1) {
    throw new CliError('usage', `enable.idempotence needs acks=all, not acks=${settings.acks}`);
  }
  if (settings.transactionalId !== undefined && !idempotence) {
    throw new CliError('usage', 'a transactional id needs enable.idempotence=true');
  }
  if (idempotence && settings.maxInFlight > 5) {
    throw new CliError('usage', `enable.idempotence allows at most 5 requests in flight, not ${settings.maxInFlight}`);
  }
  for (const name of [
    'batchSize',
    'maxRequestSize',
    'maxInFlight',
    'bufferMemory',
    'deliveryTimeoutMs',
    'requestTimeoutMs',
  ] as const) {
    if (!(settings[name] > 0)) throw new CliError('usage', `${name} must be more than 0, not ${settings[name]}`);
  }
  return { ...settings, idempotence };
}
