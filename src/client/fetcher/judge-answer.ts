import type { CliError } from '../../core/errors.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import { ProtocolError } from '../../protocol/protocol-error.js';
import { brokerError } from '../broker-error.js';
import { UnreadableAnswer } from '../unreadable-answer.js';
import { damageHint } from './damage-hint.js';
import type { PartitionTrack } from './partition-track.js';
import { type AbortedTransaction, type Run, scanRun } from './scan-run.js';

/** What one response says of one partition. */
export interface PartitionAnswer {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly highWatermark: bigint;
  readonly lastStableOffset: bigint;
  readonly logStartOffset: bigint;
  readonly abortedTransactions: readonly AbortedTransaction[] | null;
  readonly preferredReadReplica: number;
  readonly records: Buffer | null;
}

/** What follows from an answer. */
export type Verdict =
  /** Records, or none yet. `atEnd`: whether the answer says that nothing more will come below the stop. */
  | { readonly kind: 'data'; readonly run: Run; readonly atEnd: 'no' | 'maybe' | 'yes' }
  /** Another replica should be asked from now on (KIP-392). */
  | { readonly kind: 'replica'; readonly broker: number }
  /** The broker that was asked is not, or not yet, the one; look for the leader again. */
  | { readonly kind: 'elsewhere'; readonly reason: CliError }
  | { readonly kind: 'out-of-range' }
  /** Cannot be what the broker meant to send. */
  | { readonly kind: 'unreadable'; readonly error: UnreadableAnswer }
  | { readonly kind: 'error'; readonly error: CliError };

export interface AnswerFacts {
  /** Who answered. */
  readonly broker: number;
  /** No batch can be larger. */
  readonly maxBytes: number;
  readonly isCommittedOnly: boolean;
  /** Reading ends where an open transaction stands before the stop. */
  readonly endsAtOpen: boolean;
  /** No partition of the response carries a byte: then what is missing is not there, rather than left out for its size. */
  readonly isResponseEmpty: boolean;
}

// Retriable by Kafka's table only after something changed that a fetcher cannot change, or named for clarity.
const elsewhere: ReadonlySet<number> = new Set([errorCode.UNKNOWN_SERVER_ERROR, errorCode.BROKER_NOT_AVAILABLE]);

/** Decides what an answer means for a partition; changes nothing. */
export function judgeAnswer(track: PartitionTrack, answer: PartitionAnswer, facts: AnswerFacts): Verdict {
  const { errorCode: code } = answer;
  if (code === errorCode.NONE) {
    if (answer.preferredReadReplica >= 0) return { kind: 'replica', broker: answer.preferredReadReplica };
    return judgeData(track, answer, facts);
  }
  if (code === errorCode.OFFSET_OUT_OF_RANGE) return { kind: 'out-of-range' };
  const error = brokerError(code, undefined, `cannot read partition ${track.name} at offset ${track.position}`)
    .withTopic(track.topic)
    .needing('Read', `topic '${track.topic}'`);
  // Kafka calls it retriable for producers; a batch that is broken on disk stays broken.
  if (code === errorCode.CORRUPT_MESSAGE) return { kind: 'error', error };
  return kafkaError(code).retriable || elsewhere.has(code) ? { kind: 'elsewhere', reason: error } : { kind: 'error', error };
}

function judgeData(track: PartitionTrack, answer: PartitionAnswer, facts: AnswerFacts): Verdict {
  const { position, stop } = track;
  const aborted = facts.isCommittedOnly ? (answer.abortedTransactions ?? []) : undefined;
  try {
    const run = scanRun({ records: answer.records ?? noRecords, position, stop, aborted });
    const { bytesNeeded = 0 } = run;
    if (bytesNeeded > facts.maxBytes) throw new ProtocolError(`batch of ${bytesNeeded} bytes, and none has over ${facts.maxBytes}`);
    return { kind: 'data', run, atEnd: judgeEnd(track, answer, run, facts) };
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    const { broker } = facts;
    const text = `what broker ${broker} has of partition ${track.name} at offset ${position} is no batch: ${cause.message}`;
    const hint = damageHint(track, { broker, next: undefined });
    return { kind: 'unreadable', error: new UnreadableAnswer(text, { source: `broker ${broker}`, hint, cause }) };
  }
}

const noRecords = Buffer.alloc(0);

/**
 * Whether a partition without new batches has nothing left below its stop: an open transaction holds back the rest (with
 * read_committed its outcome is not known yet), or the last offsets before the end of the log have been compacted away, so
 * that no batch will ever carry the position over the stop. The latter is only likely after one answer: it may be the haste
 * of a broker that has just become leader.
 */
function judgeEnd(
  { position, stop }: PartitionTrack,
  answer: PartitionAnswer,
  run: Run,
  facts: AnswerFacts,
): 'no' | 'maybe' | 'yes' {
  if (stop === undefined || run.batches.length > 0 || run.bytesNeeded !== undefined) return 'no';
  const { highWatermark, lastStableOffset } = answer;
  const isHeldBack = facts.isCommittedOnly && lastStableOffset >= 0n && position >= lastStableOffset;
  if (facts.endsAtOpen && isHeldBack && stop <= highWatermark) return 'yes';
  const readable = facts.isCommittedOnly ? lastStableOffset : highWatermark;
  return facts.isResponseEmpty && position < readable && stop <= readable ? 'maybe' : 'no';
}
