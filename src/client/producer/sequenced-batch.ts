/** A producer id with its epoch, as InitProducerId gives them (KIP-98). */
export interface ProducerIdentity {
  readonly producerId: bigint;
  readonly epoch: number;
}

/** Sequence numbers run from 0 to 2^31 - 1 and then start again. */
export const sequenceCount = 2 ** 31;

/** Largest epoch of a producer id; past it a new producer id is needed. */
export const lastEpoch = 0x7fff;

/** What {@link PartitionQueue} has to know about a closed batch: where it stands in its partition's stream, and how often it was tried. */
export interface SequencedBatch {
  /** Number of records appended to the partition before this batch; orders the batches of one partition. */
  readonly firstRecord: number;
  readonly count: number;
  /** Milliseconds; the delivery timeout counts from here. */
  readonly createdAt: number;
  /** Failed attempts so far. */
  attempts: number;
  /** The identity and sequence it was first sent with. It keeps them through every retry, so that the broker can tell a repeat. */
  identity: ProducerIdentity | undefined;
  /** -1 until the batch is first sent by an idempotent producer. */
  baseSequence: number;
  /** An attempt ended without a clear no, so the broker may hold the batch. */
  uncertain: boolean;
}

/** The sequence number that follows a batch of `count` records. */
export function sequenceAfter(baseSequence: number, count: number): number {
  return (baseSequence + count) % sequenceCount;
}

/** Whether sequence `sequence` comes at or before `last`, when the two are less than half the number range apart. */
export function isWithin(sequence: number, last: number): boolean {
  return (last - sequence + sequenceCount) % sequenceCount < sequenceCount / 2;
}
