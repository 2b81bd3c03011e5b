import { errorCode, kafkaError } from '../../protocol/errors.js';

/**
 * What an answer to a batch means: it is in the log; try again; the broker misses an earlier sequence; send it in smaller
 * pieces; it is lost; or the producer as a whole can go no further.
 */
export type ProduceVerdict = 'written' | 'retry' | 'out-of-order' | 'split' | 'failed' | 'fatal';

const fatalCodes: ReadonlySet<number> = new Set([
  errorCode.PRODUCER_FENCED,
  errorCode.CLUSTER_AUTHORIZATION_FAILED,
  errorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  errorCode.UNSUPPORTED_VERSION,
  errorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT,
]);

const tooLargeCodes: ReadonlySet<number> = new Set([errorCode.MESSAGE_TOO_LARGE, errorCode.RECORD_LIST_TOO_LARGE]);

// A broker without state of our id (before 2.5) answers UNKNOWN_PRODUCER_ID where newer ones find the sequence out of order.
const sequenceCodes: ReadonlySet<number> = new Set([errorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, errorCode.UNKNOWN_PRODUCER_ID]);

/** Judges the error code of one partition in a Produce answer for a batch of `count` records. */
export function produceVerdict(code: number, batch: { readonly count: number; readonly baseSequence: number }): ProduceVerdict {
  if (code === errorCode.NONE || code === errorCode.DUPLICATE_SEQUENCE_NUMBER) return 'written';
  if (sequenceCodes.has(code)) return batch.baseSequence < 0 ? 'failed' : 'out-of-order';
  if (tooLargeCodes.has(code)) return batch.count > 1 ? 'split' : 'failed';
  if (fatalCodes.has(code)) return 'fatal';
  return kafkaError(code).retriable ? 'retry' : 'failed';
}
