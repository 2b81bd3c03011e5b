import { expect, test } from 'vitest';
import { FetchedChunk } from '../../../../src/client/fetcher/fetched-chunk.js';
import { createColumnFormatter, type PrintColumn } from '../../../../src/core/record-formats/print-columns.js';
import type { RecordFormatter } from '../../../../src/core/record-formats/format-json-line.js';
import { writeRaw, writeTerminalSafe } from '../../../../src/core/record-formats/terminal-text.js';
import { WriteError } from '../../../../src/operations/console/byte-sink.js';
import { printRecords, type PrintOptions, type WrittenPlace } from '../../../../src/operations/console/print-records.js';
import { BatchBuilder } from '../../../../src/protocol/records/batch-builder.js';
import { FakeSink, readerOf } from './fake-chunks.js';

const records = 30_000;

function valueOf(index: number): string | null {
  return index % 1000 === 999 ? null : `${index} ${'line\n'.repeat(index % 30)}`;
}

/** Values of many lengths, some of them null or with line ends inside, in several batches; offsets `start` to `stop` are wanted. */
function chunk(start: bigint, stop: bigint | undefined): FetchedChunk {
  const batches: Buffer[] = [];
  for (let from = 0; from < records; from += 7000) {
    const builder = new BatchBuilder(16 << 20);
    for (let index = from; index < Math.min(records, from + 7000); index++) {
      const value = valueOf(index);
      builder.append(index % 3000 === 17 ? Buffer.from('key') : null, value === null ? null : Buffer.from(value), index);
    }
    const batch = Buffer.from(builder.finish());
    batch.writeBigInt64BE(BigInt(from), 0);
    batches.push(batch);
  }
  let end = 0;
  const spans = batches.map(({ length }) => ({ start: end, end: (end += length), isVisible: true }));
  const facts = { topic: 'orders', topicId: undefined, partition: 0, start, stop, nextOffset: BigInt(records), leaderEpoch: 3 };
  const bounds = { highWatermark: BigInt(records), lastStableOffset: BigInt(records), logStartOffset: 0n };
  return new FetchedChunk({ ...facts, ...bounds }, { records: Buffer.concat(batches), spans, codecs: new Map() });
}

function formatter(columns: PrintColumn[] = ['value'], writeBytes = writeRaw): RecordFormatter {
  const comma = Uint8Array.of(0x2c);
  const nullText = Buffer.from('null');
  const headers = { separator: comma, keySeparator: comma, nullText };
  return createColumnFormatter({ columns, separator: comma, delimiter: Uint8Array.of(0x0a), nullText, headers }, writeBytes);
}

/** What a run prints and tells, with the formatter as it is, or asked record by record. */
async function run(
  isInBulk: boolean,
  options: Partial<PrintOptions> = {},
  range: [bigint, bigint?] = [0n],
): Promise<{ text: string; outcome: unknown; last: WrittenPlace | undefined }> {
  const sink = new FakeSink();
  let left = 2;
  sink.onWrite = () => {
    if (options.tally !== undefined && left-- === 0)
      return Promise.reject(new WriteError('the disk is full', { written: 1000, cause: undefined }));
    return Promise.resolve(true);
  };
  const plain = formatter();
  const places: WrittenPlace[] = [];
  const outcome = await printRecords(readerOf(chunk(range[0], range[1])), {
    format: isInBulk ? plain : (output, record) => plain(output, record),
    sink,
    maxMessages: undefined,
    idleTimeoutMs: undefined,
    signal: new AbortController().signal,
    onWritten: (place) => places.push(place),
    ...options,
  }).catch((error: unknown) => String(error));
  return { text: sink.text, outcome, last: places.at(-1) };
}

test('only values that are written as they are, and nothing else, are printed in bulk', () => {
  expect(formatter().valueEnding).toEqual(Uint8Array.of(0x0a));
  expect(formatter(['value'], writeTerminalSafe).valueEnding).toBeUndefined();
  expect(formatter(['key']).valueEnding).toBeUndefined();
  expect(formatter(['key', 'value']).valueEnding).toBeUndefined();
});

test.each<[string, Partial<PrintOptions>, [bigint, bigint?]]>([
  ['all of a chunk', {}, [0n]],
  ['from an offset to another one', {}, [6500n, 20_123n]],
  ['a number of records', { maxMessages: 12_345 }, [0n]],
  ['one record', { maxMessages: 1 }, [0n]],
])('%s is printed in bulk as it is one by one', async (_, options, range) => {
  expect(await run(true, options, range)).toEqual(await run(false, options, range));
});

test.each([true, false])('records that a failed write has written whole are counted (in bulk: %s)', async (isInBulk) => {
  const tally = { records: 0, isCutShort: false };
  const { text } = await run(isInBulk, { tally });
  let left = text.length + 1000;
  let whole = 0;
  while ((left -= `${valueOf(whole)}\n`.length) >= 0) whole++;
  expect(tally).toEqual({ records: whole, isCutShort: true });
  expect(whole).toBeGreaterThan(20_000);
});
