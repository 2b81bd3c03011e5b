import { expect, test } from 'vitest';
import { formatEvent, JavaDouble } from '../../../../src/apache/verifiable/event-json.js';
import { EventWriter } from '../../../../src/apache/verifiable/event-writer.js';

test('members keep their order, and whole numbers all their digits', () => {
  const event = { name: 'x', offset: 9223372036854775807n, ok: true, key: null, list: [{ a: 1 }] };
  expect(formatEvent(event)).toBe('{"name":"x","offset":9223372036854775807,"ok":true,"key":null,"list":[{"a":1}]}');
});

test('control characters have capital digits, text that looks like an escape stays', () => {
  expect(formatEvent('\u0001\u001f\n"\\u001f\u007f\u2028é')).toBe(String.raw`"\u0001\u001F\n\"\\u001f` + '\u007f\u2028é"');
});

test('doubles always have a fraction', () => {
  expect(formatEvent([new JavaDouble(0), new JavaDouble(12.5), new JavaDouble(1e7), new JavaDouble(NaN)])).toBe(
    '[0.0,12.5,1.0E7,"NaN"]',
  );
});

test('events are written in the order told, stamped when told, and the last promise waits for all', async () => {
  const written: string[] = [];
  let now = 5;
  const sink = {
    write: async (bytes: Uint8Array): Promise<boolean> => {
      await Promise.resolve();
      written.push(Buffer.from(bytes).toString());
      return true;
    },
  };
  const events = new EventWriter(sink, () => now);
  void events.tell('a');
  now = 6;
  await events.tell('b', { x: 1 });
  expect(written.join('')).toBe('{"timestamp":5,"name":"a"}\n{"timestamp":6,"name":"b","x":1}\n');
});

test('once nobody reads, nothing more is written', async () => {
  let writes = 0;
  const sink = { write: (): Promise<boolean> => Promise.resolve(++writes > 1) };
  const events = new EventWriter(sink, () => 0);
  await events.tell('a');
  await events.tell('b');
  expect(writes).toBe(1);
});
