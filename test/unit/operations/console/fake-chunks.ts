import { BatchBuilder } from '../../../../src/protocol/records/batch-builder.js';
import { BatchHeader } from '../../../../src/protocol/records/batch-header.js';
import { BATCH } from '../../../../src/protocol/records/batch-format.js';
import { RecordCursor } from '../../../../src/protocol/records/record-cursor.js';
import type { ByteSink } from '../../../../src/operations/console/byte-sink.js';
import type { ChunkReader, PrintableChunk } from '../../../../src/operations/console/print-records.js';

/** A chunk of one real record batch. */
export function chunkOf(values: readonly string[], at: { partition?: number; baseOffset?: bigint } = {}): PrintableChunk {
  const builder = new BatchBuilder(64 * 1024 * 1024);
  for (const value of values) builder.append(null, Buffer.from(value), 1000);
  const bytes = Buffer.from(builder.finish());
  bytes.writeBigInt64BE(at.baseOffset ?? 0n, BATCH.baseOffset);
  return {
    topic: 'orders',
    partition: at.partition ?? 0,
    nextOffset: (at.baseOffset ?? 0n) + BigInt(values.length),
    leaderEpoch: 5,
    *batches() {
      const header = new BatchHeader();
      header.buffer = bytes;
      header.start = 0;
      header.end = bytes.length;
      const cursor = new RecordCursor();
      cursor.open(header);
      yield (visit) => {
        while (cursor.next()) if (visit(cursor) === false) return false;
        return true;
      };
    },
  };
}

/** Gives these chunks one by one; an error is thrown in its turn, and `never` waits for ever. */
export function readerOf(...items: readonly (PrintableChunk | Error | 'never')[]): ChunkReader & { taken: number } {
  return {
    taken: 0,
    next() {
      const item = items[this.taken++];
      if (item instanceof Error) return Promise.reject(item);
      return item === 'never' ? new Promise(() => {}) : Promise.resolve(item);
    },
  };
}

/** Keeps what is written; overwriting the bytes later does not change it. */
export class FakeSink implements ByteSink {
  private readonly written: Buffer[] = [];
  /** Called before each write; what it answers is what the write answers. */
  onWrite: (count: number) => Promise<boolean> = () => Promise.resolve(true);

  get text(): string {
    return Buffer.concat(this.written).toString();
  }

  get writes(): number {
    return this.written.length;
  }

  async write(bytes: Uint8Array): Promise<boolean> {
    const isOpen = await this.onWrite(this.written.length);
    // After the wait: whoever overwrites bytes that are still being written is found out.
    if (isOpen) this.written.push(Buffer.from(bytes));
    return isOpen;
  }
}
