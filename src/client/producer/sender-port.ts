import type { CliError } from '../../core/errors.js';
import type { BrokerConnection } from '../broker-connection.js';
import type { PartitionStream } from './partition-stream.js';
import type { ProducerBatch } from './producer-batch.js';
import type { ProducerIdentity } from './sequenced-batch.js';

/** Why a batch failed. */
export interface BatchFailure {
  /** Kafka's name of the error, or one of ours: DELIVERY_TIMEOUT, ABORTED. */
  readonly error: string;
  readonly message: string;
  /** Records that the broker named, by index, with what it said of each. */
  readonly records?: ReadonlyMap<number, string>;
}

/** How a batch ended; the offset of its first record is unknown with acks=0 and for a repeat that the broker recognised. */
export type BatchOutcome = { readonly baseOffset: bigint | undefined } | BatchFailure;

/** What the sender asks of the rest of the producer. */
export interface SenderPort {
  connection(broker: number): Promise<BrokerConnection>;
  /** Looks up the leaders of all streams again and sets them. */
  refreshLeaders(): Promise<void>;
  /** A new producer id, for streams that used up the epochs of theirs. */
  newIdentity(): Promise<ProducerIdentity>;
  /** The last sequence that the leader holds of an identity; undefined when it cannot be learned. */
  lastSequence(stream: PartitionStream, identity: ProducerIdentity): Promise<{ epoch: number; lastSequence: number } | undefined>;
  /** Whether the stream may send now; in transactions only once the coordinator knows the partition. */
  admit(stream: PartitionStream): boolean;
  /** A batch came to its end. Called once for each. */
  onDone(batch: ProducerBatch, outcome: BatchOutcome): void;
  /** A batch's bytes are read by nobody any more, and it is done or was replaced by its pieces. */
  onReleased(batch: ProducerBatch): void;
  /** Nothing can be produced any more. */
  onFatal(error: CliError): void;
}
