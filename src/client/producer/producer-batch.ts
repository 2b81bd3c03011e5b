import type { LineSpan } from '../../core/record-formats/line-span.js';
import type { RecordRange } from '../../core/record-formats/record-range.js';
import type { Codec } from '../../protocol/compression/codec.js';
import type { BatchBuilder } from '../../protocol/records/batch-builder.js';
import { type DecodedRecord, decodeRecords } from '../../protocol/records/decode-records.js';
import { stampBatch } from '../../protocol/records/stamp-batch.js';
import type { ProducerIdentity, SequencedBatch } from './sequenced-batch.js';
import { TagRuns } from './tag-runs.js';

export interface BatchOrigin {
  readonly topic: string;
  readonly partition: number;
  readonly firstRecord: number;
  /** Milliseconds, on the producer's clock. */
  readonly createdAt: number;
}

/** Records of one partition on their way to it, with everything the way needs to remember. */
export class ProducerBatch implements SequencedBatch {
  readonly topic: string;
  readonly partition: number;
  readonly firstRecord: number;
  readonly createdAt: number;
  readonly builder: BatchBuilder;
  readonly tags = new TagRuns();
  attempts = 0;
  identity: ProducerIdentity | undefined;
  baseSequence = -1;
  uncertain = false;
  /** Its outcome is counted. */
  isDone = false;
  /** Writes that still read its bytes. */
  writes = 0;
  /** Bytes it had when it was closed, before compression; what it counts for in the producer's memory. */
  held = 0;
  private bytes: Buffer | undefined;
  /** What the bytes are compressed with. */
  private codec: Codec | undefined;
  private stampedAs: ProducerIdentity | undefined;

  constructor({ topic, partition, firstRecord, createdAt }: BatchOrigin, builder: BatchBuilder) {
    this.topic = topic;
    this.partition = partition;
    this.firstRecord = firstRecord;
    this.createdAt = createdAt;
    this.builder = builder;
  }

  get count(): number {
    return this.builder.count;
  }

  /** Bytes, before compression until it is first sent. */
  get size(): number {
    return this.builder.size;
  }

  /** Copies a record in; false when it does not fit. */
  append(record: RecordRange, timestamp: number | bigint): boolean {
    const { source, keyStart, keyEnd, valueStart, valueEnd, headers } = record;
    const fits = this.builder.appendRange(source, keyStart, keyEnd, valueStart, valueEnd, timestamp, headers);
    if (fits) this.tags.add(record.tag);
    return fits;
  }

  /** Copies in what fits of the lines, until `maxBytes` of them are reached, and moves the span on; the bytes taken, ends of lines left out. */
  appendLines(lines: LineSpan, timestamp: number, maxBytes: number): number {
    const { start, tag } = lines;
    const before = this.count;
    lines.start = this.builder.appendLines(lines, timestamp, maxBytes);
    const taken = this.count - before;
    this.tags.addRun(tag, taken);
    lines.tag += taken;
    return lines.start - start - taken;
  }

  /** The finished batch under its present identity and sequence; compressed the first time. */
  finish(codec: Codec | undefined, transactional: boolean): Buffer {
    const { identity, baseSequence } = this;
    const stamp =
      identity === undefined
        ? undefined
        : { producerId: identity.producerId, producerEpoch: identity.epoch, baseSequence, transactional };
    if (this.bytes === undefined) {
      this.bytes = this.builder.finish(stamp, codec);
      this.codec = codec;
    } else if (this.stampedAs !== identity) stampBatch(this.bytes, stamp);
    this.stampedAs = identity;
    return this.bytes;
  }

  /** Its records, for telling what was lost; nothing can be added any more. */
  decode(): readonly DecodedRecord[] {
    this.bytes ??= this.builder.finish();
    return decodeRecords(this.bytes, { codec: this.codec });
  }

  /** The bytes last sent. */
  get sent(): Buffer {
    if (this.bytes === undefined) throw new Error('a batch was never finished');
    return this.bytes;
  }
}
