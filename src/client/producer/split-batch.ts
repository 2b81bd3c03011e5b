import type { Codec } from '../../protocol/compression/codec.js';
import { BatchBuilder } from '../../protocol/records/batch-builder.js';
import { decodeRecords } from '../../protocol/records/decode-records.js';
import { ProducerBatch } from './producer-batch.js';

/**
 * Halves a batch that its broker found too large. The pieces have buffers of their own and keep order, age and tags. The batch
 * must have been sent and hold at least two records.
 */
export function splitBatch(batch: ProducerBatch, codec: Codec | undefined): ProducerBatch[] {
  const records = decodeRecords(batch.sent, { codec });
  const middle = records.length >>> 1;
  return [
    [0, middle],
    [middle, records.length],
  ].map(([start = 0, end = 0]) => {
    const { topic, partition, createdAt, builder } = batch;
    const origin = { topic, partition, createdAt, firstRecord: batch.firstRecord + start };
    const piece = new ProducerBatch(origin, new BatchBuilder(builder.limit));
    for (let index = start; index < end; index++) {
      const record = records[index];
      if (record === undefined) throw new Error('a batch holds fewer records than it says');
      const fits = piece.builder.append(record.key, record.value, record.timestamp, record.headers);
      if (!fits) throw new Error('half a batch does not fit where the whole one did');
      piece.tags.add(batch.tags.at(index));
    }
    return piece;
  });
}
