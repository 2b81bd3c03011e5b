import { describe, expect, test } from 'vitest';
import { CliError } from '../../../../src/core/errors.js';
import type { RecordFormatter } from '../../../../src/core/record-formats/format-json-line.js';
import {
  printRecords,
  type PrintOptions,
  type PrintOutcome,
  type ChunkReader,
  type PrintableChunk,
} from '../../../../src/operations/console/print-records.js';
import { WriteError } from '../../../../src/operations/console/byte-sink.js';
import type { BatchWalk } from '../../../../src/client/fetcher/fetched-chunk.js';
import { chunkOf, FakeSink, readerOf } from './fake-chunks.js';

const valueLines: RecordFormatter = (output, record) => {
  output.range(record.source, record.valueStart, record.valueEnd);
  output.byte(0x0a);
};

const offsetLines: RecordFormatter = (output, record) => output.ascii(`${record.topic}-${record.partition}@${record.offset}\n`);

function print(reader: ChunkReader, sink: FakeSink, options: Partial<PrintOptions> = {}): Promise<PrintOutcome> {
  return printRecords(reader, {
    format: valueLines,
    sink,
    maxMessages: undefined,
    idleTimeoutMs: undefined,
    signal: new AbortController().signal,
    ...options,
  });
}

test('every record is printed, in the order of the chunks', async () => {
  const sink = new FakeSink();
  const outcome = await print(readerOf(chunkOf(['a', 'b']), chunkOf(['c'])), sink);
  expect(sink.text).toBe('a\nb\nc\n');
  expect(outcome).toEqual({ printed: 3, end: 'stop' });
});

test('topic, partition and offset belong to the record', async () => {
  const sink = new FakeSink();
  const far = 2n ** 53n;
  const reader = readerOf(chunkOf(['a', 'b'], { partition: 3, baseOffset: 40n }), chunkOf(['c', 'd'], { baseOffset: far }));
  await print(reader, sink, { format: offsetLines });
  expect(sink.text).toBe(`orders-3@40\norders-3@41\norders-0@${far}\norders-0@${far + 1n}\n`);
});

test('printing stops at the limit, in the middle of a batch, and nothing more is fetched', async () => {
  const sink = new FakeSink();
  const reader = readerOf(chunkOf(['a']), chunkOf(['b', 'c', 'd']), chunkOf(['e']));
  expect(await print(reader, sink, { maxMessages: 3 })).toEqual({ printed: 3, end: 'limit' });
  expect(sink.text).toBe('a\nb\nc\n');
  expect(reader.taken).toBe(2);
});

test('a limit of none reads nothing', async () => {
  const reader = readerOf(chunkOf(['a']));
  expect(await print(reader, new FakeSink(), { maxMessages: 0 })).toEqual({ printed: 0, end: 'limit' });
  expect(reader.taken).toBe(0);
});

describe('a slow sink', () => {
  test('loses, doubles and reorders nothing, whatever the size of the output', async () => {
    const sink = new FakeSink();
    sink.onWrite = () => new Promise((resolve) => setImmediate(() => resolve(true)));
    const line = (index: number): string => `${index}:${'x'.repeat(index % 7000)}`;
    const chunks = Array.from({ length: 6 }, (_, chunk) => Array.from({ length: 300 }, (__, index) => line(chunk * 300 + index)));
    await print(readerOf(...chunks.map((values) => chunkOf(values))), sink);
    expect(sink.text === chunks.flat().join('\n') + '\n').toBe(true);
    expect(sink.writes).toBeGreaterThan(2);
  });

  test('keeps further chunks from being fetched', async () => {
    const sink = new FakeSink();
    sink.onWrite = () => new Promise(() => {});
    const large = chunkOf(['x'.repeat(1024 * 1024)]);
    const reader = readerOf(large, large, large, large, large, large);
    void print(reader, sink);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(reader.taken).toBeLessThan(5);
  });

  test('gets what is left while printing waits for records', async () => {
    const sink = new FakeSink();
    const finish: (() => void)[] = [];
    sink.onWrite = () => new Promise((resolve) => finish.push(() => resolve(true)));
    void print(readerOf(chunkOf(['a']), chunkOf(['b']), 'never'), sink);
    for (let round = 0; round < 4; round++) {
      await new Promise(setImmediate);
      finish.shift()?.();
    }
    expect(sink.text).toBe('a\nb\n');
  });
});

test('a reader of the output that goes away ends the printing quietly', async () => {
  const sink = new FakeSink();
  sink.onWrite = (count) => Promise.resolve(count === 0);
  const chunks = Array.from({ length: 50 }, () => chunkOf(['a']));
  const outcome = await print(readerOf(...chunks, 'never'), sink, { idleTimeoutMs: 50 });
  expect(outcome.end).toBe('closed');
  expect(sink.text).toMatch(/^(a\n)+$/);
});

test('a sink that fails ends the printing with its error', async () => {
  const sink = new FakeSink();
  sink.onWrite = () => Promise.reject(new CliError('io', 'no space left'));
  await expect(print(readerOf(chunkOf(['a'])), sink)).rejects.toThrow('no space left');
});

test('a sink that fails, or has no reader any more, ends the printing while it waits for records', async () => {
  const [broken, closed] = [new FakeSink(), new FakeSink()];
  broken.onWrite = () => Promise.reject(new CliError('io', 'no space left'));
  closed.onWrite = () => Promise.resolve(false);
  await expect(print(readerOf(chunkOf(['a']), 'never'), broken)).rejects.toThrow('no space left');
  expect((await print(readerOf(chunkOf(['a']), 'never'), closed)).end).toBe('closed');
});

describe('a sink that fails in the middle', () => {
  test('leaves only the records counted that were written whole', async () => {
    const sink = new FakeSink();
    sink.onWrite = () => Promise.reject(new WriteError('no space left', { written: 7, cause: undefined }));
    const tally = { records: 0, isCutShort: false };
    const printed = print(readerOf(chunkOf(['a', 'bcd', 'e', 'f']), 'never'), sink, { tally });
    await expect(printed).rejects.toThrow('no space left; 2 records were written');
    expect(tally).toEqual({ records: 2, isCutShort: true });
  });

  test('leaves those of the writes before it counted', async () => {
    const sink = new FakeSink();
    sink.onWrite = (count) =>
      count === 0 ? Promise.resolve(true) : Promise.reject(new WriteError('no space left', { written: 1, cause: undefined }));
    const tally = { records: 0, isCutShort: false };
    const large = 'x'.repeat(1024 * 1024);
    await expect(print(readerOf(chunkOf(['a', large]), chunkOf(['b']), 'never'), sink, { tally })).rejects.toThrow('no space');
    expect(tally).toEqual({ records: 2, isCutShort: true });
  });
});

test('records are counted when they are written, and all of them are at the end', async () => {
  const tally = { records: 0, isCutShort: false };
  await print(readerOf(chunkOf(['a', 'b']), chunkOf(['c'])), new FakeSink(), { tally });
  expect(tally).toEqual({ records: 3, isCutShort: false });
});

test('records of which nothing is to be printed are counted, alone and among others', async () => {
  for (const skipped of ['a', 'b', 'c', 'abc']) {
    const tally = { records: 0, isCutShort: false };
    const format: RecordFormatter = (output, record) => {
      const value = Buffer.from(record.source.subarray(record.valueStart, record.valueEnd)).toString();
      if (!skipped.includes(value)) valueLines(output, record);
    };
    await print(readerOf(chunkOf(['a', 'b']), chunkOf(['c'])), new FakeSink(), { tally, format });
    expect(tally).toEqual({ records: 3, isCutShort: false });
  }
});

test('a reader of the output that goes away while nothing is written ends the printing quietly', async () => {
  let leave: (() => void) | undefined;
  const sink = Object.assign(new FakeSink(), {
    watchReader: (gone: () => void) => {
      leave = gone;
      return () => (leave = undefined);
    },
  });
  const printed = print(readerOf(chunkOf(['a', 'b']), 'never'), sink);
  await new Promise(setImmediate);
  leave?.();
  expect(await printed).toMatchObject({ end: 'closed' });
  expect(leave).toBeUndefined();
});

test('what came before an error of the reader is printed', async () => {
  const sink = new FakeSink();
  await expect(print(readerOf(chunkOf(['a']), new CliError('broker', 'lost')), sink)).rejects.toThrow('lost');
  expect(sink.text).toBe('a\n');
});

test('nothing coming for the idle timeout is an end, not a failure', async () => {
  const sink = new FakeSink();
  expect(await print(readerOf(chunkOf(['a']), 'never'), sink, { idleTimeoutMs: 20 })).toEqual({ printed: 1, end: 'idle' });
  expect(sink.text).toBe('a\n');
});

test('an interrupt ends the printing and what was read is printed', async () => {
  const sink = new FakeSink();
  const controller = new AbortController();
  const reader = readerOf(chunkOf(['a']), new CliError('aborted', 'interrupted'));
  const printed = print(reader, sink, { signal: controller.signal });
  controller.abort();
  expect((await printed).end).toBe('interrupted');
});

describe('what was written', () => {
  const places = (sink: FakeSink, reader: ChunkReader, options: Partial<PrintOptions> = {}) => {
    const seen: string[] = [];
    const outcome = print(reader, sink, {
      onWritten: ({ partition, offset, leaderEpoch }) => seen.push(`${partition}@${offset} ${leaderEpoch ?? '-'}`),
      ...options,
    });
    return { seen, outcome };
  };

  test('is told only once the sink has taken it, with the offset behind the chunk', async () => {
    const sink = new FakeSink();
    const finish: (() => void)[] = [];
    sink.onWrite = () => new Promise((resolve) => finish.push(() => resolve(true)));
    const { seen, outcome } = places(sink, readerOf(chunkOf(['a', 'b']), chunkOf(['c'], { partition: 1, baseOffset: 7n })));
    await new Promise(setImmediate);
    expect(seen).toEqual([]);
    finish.shift()?.();
    await new Promise(setImmediate);
    expect(seen).toEqual(['0@2 5']);
    finish.shift()?.();
    await outcome;
    expect(seen).toEqual(['0@2 5', '1@8 5']);
  });

  test('ends exactly behind the last record of a limit', async () => {
    const { seen, outcome } = places(new FakeSink(), readerOf(chunkOf(['a', 'b', 'c'], { baseOffset: 40n })), { maxMessages: 2 });
    await outcome;
    expect(seen).toEqual(['0@42 -']);
  });

  test('ends where the next record is that a limit leaves, or behind the chunk', async () => {
    const withGap = (): PrintableChunk => ({ ...chunkOf(['a', 'b']), nextOffset: 3n });
    const whole = places(new FakeSink(), readerOf(withGap()), { maxMessages: 2 });
    await whole.outcome;
    expect(whole.seen).toEqual(['0@3 5']);
    const later = chunkOf(['d'], { baseOffset: 6n });
    const both = {
      ...later,
      *batches(): Iterable<BatchWalk> {
        yield* withGap().batches();
        yield* later.batches();
      },
    };
    const cut = places(new FakeSink(), readerOf(both), { maxMessages: 2 });
    await cut.outcome;
    expect(cut.seen).toEqual(['0@6 -']);
  });

  test('ends behind the last record where the next cannot be read', async () => {
    const broken = {
      ...chunkOf(['a', 'b']),
      *batches(): Iterable<BatchWalk> {
        yield* chunkOf(['a']).batches();
        throw new Error('torn');
      },
    };
    const { seen, outcome } = places(new FakeSink(), readerOf(broken), { maxMessages: 1 });
    await outcome;
    expect(seen).toEqual(['0@1 -']);
  });

  test('is not what a reader that went away has missed', async () => {
    const sink = new FakeSink();
    sink.onWrite = (count) => Promise.resolve(count === 0);
    const { seen, outcome } = places(sink, readerOf(chunkOf(['a']), chunkOf(['b'], { baseOffset: 1n }), 'never'), {
      idleTimeoutMs: 30,
    });
    expect((await outcome).end).toBe('closed');
    expect(seen).toEqual(['0@1 5']);
  });

  test('is told part by part where a chunk is larger than the output', async () => {
    const sink = new FakeSink();
    const written: number[] = [];
    sink.onWrite = () => new Promise((resolve) => setImmediate(() => resolve(true)));
    const values = Array.from({ length: 60 }, () => 'x'.repeat(64 * 1024));
    await print(readerOf(chunkOf(values)), sink, {
      onWritten: ({ offset }) => {
        written.push(Number(offset));
        expect(sink.text.split('\n').length - 1).toBeGreaterThanOrEqual(Number(offset));
      },
    });
    expect(written.length).toBeGreaterThan(2);
    expect(written.at(-1)).toBe(60);
  });
});

test('time in which a reader cannot have records is no idle time', async () => {
  const started = performance.now();
  const reader = { ...readerOf('never'), readySince: () => (performance.now() - started < 60 ? undefined : started + 60) };
  expect(await print(reader, new FakeSink(), { idleTimeoutMs: 20 })).toEqual({ printed: 0, end: 'idle' });
  expect(performance.now() - started).toBeGreaterThanOrEqual(79);
});
