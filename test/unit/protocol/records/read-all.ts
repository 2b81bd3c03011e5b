import { loadCodec } from '../../../../src/protocol/compression/load-codec.js';
import type { Codec } from '../../../../src/protocol/compression/codec.js';
import { BatchReader } from '../../../../src/protocol/records/batch-reader.js';
import { decodeRecords, type DecodedRecord } from '../../../../src/protocol/records/decode-records.js';
import type { JavaRecord } from './fixtures/read-java-batches.js';

/** The names of all codecs. */
export const CODEC_TYPES = ['gzip', 'snappy', 'lz4', 'zstd'] as const satisfies readonly Codec['type'][];

/** Decodes each batch of a buffer with the codec it needs. */
export async function readAll(buffer: Buffer): Promise<DecodedRecord[]> {
  const records: DecodedRecord[] = [];
  const reader = new BatchReader(buffer);
  while (reader.next()) {
    const { compression, start, end } = reader.batch;
    const codec = compression === 'none' ? undefined : await loadCodec(compression);
    records.push(...decodeRecords(buffer.subarray(start, end), { codec }));
  }
  return records;
}

/** A record in the form in which the fixtures hold it. */
export function inHex(record: DecodedRecord): JavaRecord {
  const hex = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('hex'));
  return {
    offset: record.offset,
    timestamp: record.timestamp,
    key: hex(record.key),
    value: hex(record.value),
    headers: record.headers.map(({ key, value }) => ({ key, value: hex(value) })),
  };
}
