import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CliError } from '../../../../src/core/errors.js';
import { defaultLineFormat } from '../../../../src/core/record-formats/line-format.js';
import { createLineParser } from '../../../../src/core/record-formats/line-parser.js';
import { createJsonLineParser } from '../../../../src/core/record-formats/parse-json-line.js';
import type { ByteSource } from '../../../../src/operations/console/byte-source.js';
import { deliverRecords, type DeliverOptions, type DeliverOutcome } from '../../../../src/operations/console/deliver-records.js';
import { FakeSender } from './fake-sender.js';

const newline = Buffer.from('\n');

function source(chunks: readonly string[], options: { name?: string; error?: Error } = {}): ByteSource {
  return {
    name: options.name,
    async *chunks() {
      for (const chunk of chunks) {
        await Promise.resolve();
        yield Buffer.from(chunk);
      }
      if (options.error !== undefined) throw options.error;
    },
  };
}

function deliver(sender: FakeSender, options: Partial<DeliverOptions> & Pick<DeliverOptions, 'sources'>): Promise<DeliverOutcome> {
  return deliverRecords(sender, {
    topic: 'orders',
    delimiter: newline,
    parse: createLineParser(defaultLineFormat),
    skipBlank: false,
    maxLineBytes: 1000,
    signal: new AbortController().signal,
    ...options,
  });
}

const keyed = createLineParser({ ...defaultLineFormat, parseKey: true, keySeparator: Buffer.from(':') });

test('every line is one record, tagged with its number', async () => {
  const sender = new FakeSender();
  const outcome = await deliver(sender, { sources: [source(['one\ntw', 'o\n\nlast'])] });
  expect(sender.values).toEqual(['one', 'two', '', 'last']);
  expect(sender.tags).toEqual([1, 2, 3, 4]);
  expect(outcome).toMatchObject({ lines: 4, problem: undefined, report: { acknowledged: 4 } });
});

test.each([0, 1, 2, 9])('reading waits when the producer asks for it, taking %i lines at a time', async (portion) => {
  const sender = new FakeSender();
  sender.portions = [portion];
  let resume: (() => void) | undefined;
  sender.onAppend = (count) => (count === 1 ? new Promise((resolve) => (resume = resolve)) : undefined);
  const delivered = deliver(sender, { sources: [source(['a\nb\nc\n'])] });
  await new Promise(setImmediate);
  expect(sender.values).toEqual(['a', 'b']);
  resume?.();
  await delivered;
  expect(sender.values).toEqual(['a', 'b', 'c']);
});

test('whatever is taken at a time and however the input is cut, every line is one record with its number', async () => {
  const text = fc.array(fc.constantFrom('a', 'bc', '', 'def'), { maxLength: 30 }).map((lines) => lines.join('\n'));
  const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 });
  const portions = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(text, sizes, portions, async (input, cuts, taken) => {
      const sender = new FakeSender();
      sender.portions = taken;
      const chunks: string[] = [];
      for (let at = 0, turn = 0; at < input.length; at += cuts[turn++ % cuts.length] ?? 1) {
        chunks.push(input.slice(at, at + (cuts[turn % cuts.length] ?? 1)));
      }
      const outcome = await deliver(sender, { sources: [source(chunks)] });
      const lines = input.split('\n');
      if (lines.at(-1) === '') lines.pop();
      expect(sender.values).toEqual(lines);
      expect(sender.tags).toEqual(lines.map((_, index) => index + 1));
      expect(outcome.lines).toBe(lines.length);
    }),
    { numRuns: 500 },
  );
});

describe('input that breaks off', () => {
  test('what stands before a line without its separator is delivered, and the line is named', async () => {
    const sender = new FakeSender();
    const { problem, report } = await deliver(sender, { sources: [source(['a:1\nb:2\nbad\nc:3\n'])], parse: keyed });
    expect(sender.values).toEqual(['1', '2']);
    expect(report.acknowledged).toBe(2);
    expect(problem).toMatchObject({ code: 'input', message: "line 3: no key separator found in 'bad'" });
  });

  test('lines are counted in each file, and the file is named where there are several', async () => {
    const sender = new FakeSender();
    sender.failures = [{ topic: 'orders', partition: 0, firstTag: 2, lastTag: 3, count: 2, error: 'X', message: 'x' }];
    const sources = [source(['a:1\nb:2'], { name: 'one.txt' }), source(['c:3\nbad\n'], { name: 'two.txt' })];
    const { problem, places } = await deliver(sender, { sources, parse: keyed });
    expect(sender.values).toEqual(['1', '2', '3']);
    expect(problem?.message).toBe("two.txt line 2: no key separator found in 'bad'");
    expect([2, 3].map((tag) => places.placeOf(tag))).toEqual([
      { file: 'one.txt', line: 2 },
      { file: 'two.txt', line: 1 },
    ]);
  });

  test('a line that no record can hold is given up on before its end has come', async () => {
    const sender = new FakeSender();
    const long = 'x'.repeat(600);
    const { problem } = await deliver(sender, { sources: [source(['ok\n', long, long, 'never read\n'])] });
    expect(sender.values).toEqual(['ok']);
    expect(problem).toMatchObject({
      code: 'input',
      message: expect.stringContaining('line 2: the line is longer than 1000 bytes') as string,
    });
  });

  test('an error of the producer about a record names its line and keeps its hint', async () => {
    const sender = new FakeSender();
    sender.onAppend = (count) => {
      if (count === 1) throw new CliError('input', 'the record has 9 bytes, more than 5', { hint: 'raise it' });
      return undefined;
    };
    const { problem, lines } = await deliver(sender, { sources: [source(['a\nb\nc\n'])] });
    expect(problem).toMatchObject({ code: 'input', message: 'line 2: the record has 9 bytes, more than 5', hint: 'raise it' });
    expect(lines).toBe(2);
  });

  test('a file that cannot be read ends the run after what it gave', async () => {
    const sender = new FakeSender();
    const error = new CliError('io', 'cannot read a.txt: gone');
    const { problem } = await deliver(sender, { sources: [source(['a\nb'], { error })] });
    expect(sender.values).toEqual(['a']);
    expect(problem).toBe(error);
  });

  test('an unexpected error is not swallowed', async () => {
    const sources = [source([], { error: new TypeError('a bug') })];
    await expect(deliver(new FakeSender(), { sources })).rejects.toThrow('a bug');
  });
});

describe('an interrupt', () => {
  test('delivers the whole lines read so far, and not the line it cut short', async () => {
    const sender = new FakeSender();
    const controller = new AbortController();
    const interrupted: ByteSource = {
      name: undefined,
      async *chunks() {
        yield Buffer.from('a\nb\nhalf');
        await Promise.resolve();
        controller.abort();
      },
    };
    const outcome = await deliver(sender, { sources: [interrupted], signal: controller.signal });
    expect(sender.values).toEqual(['a', 'b']);
    expect(outcome.problem).toBeUndefined();
    expect(sender.closedWith).toEqual([{ timeoutMs: 30_000, isComplete: false }]);
  });

  test('no further file is opened', async () => {
    const controller = new AbortController();
    controller.abort();
    const sender = new FakeSender();
    await deliver(sender, { sources: [source(['a\n'])], signal: controller.signal });
    expect(sender.values).toEqual([]);
  });
});

describe('JSON lines', () => {
  const parse = createJsonLineParser({ usePartitions: false });

  test('blank lines are no records, but count as lines', async () => {
    const sender = new FakeSender();
    const sources = [source(['{"value":"a"}\n\n \t\r\n{"value":null}\nbad\n'])];
    const { problem } = await deliver(sender, { sources, parse, skipBlank: true });
    expect(sender.values).toEqual(['a', null]);
    expect(sender.tags).toEqual([1, 4]);
    expect(problem?.message).toBe("line 5: byte 1: '{' expected");
  });
});
