import { ProtocolError } from '../protocol-error.js';
import { BATCH, LOG_OVERHEAD } from './batch-format.js';
import { BatchHeader } from './batch-header.js';

/** A batch that the response cut short. */
export interface CutBatch {
  /** Bytes of it that arrived. */
  readonly have: number;
  /** Bytes of the whole batch; `undefined` when not even its length arrived. */
  readonly need: number | undefined;
}

/** Shortest old message: checksum, magic, attributes and two null lengths. */
const SMALLEST_OLD = LOG_OVERHEAD + 14;

/**
 * Walks the batches of a Fetch response's `records` field, or of a log segment.
 *
 * A last batch cut short by the response's size limit is no error: `next` answers `false` and `cut` tells of it. Where not one
 * whole batch came before it (`batches` is 0), the fetch was too small for the batch and has to ask for `cut.need` bytes.
 */
export class BatchReader {
  /** The batch that `next` moved to. The same object each time. */
  readonly batch = new BatchHeader();
  /** The batch cut short at the end, once `next` has answered `false`. */
  cut: CutBatch | undefined;
  /** Whole batches met so far. */
  batches = 0;
  private readonly buffer: Buffer;
  private readonly end: number;
  private position: number;

  constructor(buffer: Buffer, start = 0, end: number = buffer.length) {
    this.buffer = buffer;
    this.position = start;
    this.end = end;
  }

  /**
   * Moves to the next whole batch, or answers `false` at the end. The checksum is not looked at: see `BatchHeader.isIntact`.
   *
   * @throws ProtocolError for a length or format version that no batch has
   */
  next(): boolean {
    const { buffer, position } = this;
    const have = this.end - position;
    if (have < LOG_OVERHEAD) return this.stop(have, undefined);
    const need = LOG_OVERHEAD + buffer.readInt32BE(position + BATCH.length);
    if (need < SMALLEST_OLD) throw new ProtocolError(`batch at byte ${position} has impossible length ${need - LOG_OVERHEAD}`);
    if (have < need) return this.stop(have, need);
    const magic = buffer[position + BATCH.magic] as number; // need is larger than its position
    if (magic > 2) throw new ProtocolError(`batch at byte ${position} has unknown format version ${magic}`);
    const smallest = magic === 2 ? BATCH.records : SMALLEST_OLD + (magic === 1 ? 8 : 0);
    if (need < smallest) throw new ProtocolError(`batch at byte ${position} has ${need} bytes, its header alone ${smallest}`);
    this.batch.buffer = buffer;
    this.batch.start = position;
    this.batch.end = position + need;
    this.position = position + need;
    this.batches++;
    return true;
  }

  private stop(have: number, need: number | undefined): false {
    if (have > 0) this.cut = { have, need };
    return false;
  }
}
