import fc from 'fast-check';
import { expect, test } from 'vitest';
import { javaLines } from '../../../../src/operations/console/java-lines.js';

async function read(chunks: readonly Uint8Array[]): Promise<Buffer> {
  const source = {
    name: undefined,
    async *chunks() {
      for (const chunk of chunks) {
        await Promise.resolve();
        yield Buffer.from(chunk);
      }
    },
  };
  const parts: Buffer[] = [];
  for await (const chunk of javaLines(source).chunks(new AbortController().signal)) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

test.each([
  ['a carriage return, a line feed and both each end one line', 'a\r\nb\rc\n\r\n\nd', 'a\nb\nc\n\n\nd'],
  ['a carriage return at the end of the input ends a line', 'a\r', 'a\n'],
  ['text without them stays as it is', 'é\n', 'é\n'],
])('%s', async (_, input, output) => {
  expect((await read([Buffer.from(input)])).toString()).toBe(output);
});

test.each([
  ['a lone byte', 'ff61', '\ufffda'],
  ['a surrogate in three bytes counts once', 'eda08078', '\ufffdx'],
  ['the beginning of a surrogate counts once', 'eda078', '\ufffdx'],
  ['an overlong form counts for each byte', 'e0807a', '\ufffd\ufffdz'],
  ['a sequence that the input cuts short', 'f09f98', '\ufffd'],
  ['bytes above Unicode', 'f4908080', '\ufffd\ufffd\ufffd\ufffd'],
])('malformed text is replaced as Java does: %s', async (_, hex, text) => {
  expect((await read([Buffer.from(hex, 'hex')])).toString()).toBe(text);
});

test('what comes out does not depend on how the input was cut', async () => {
  const bytes = fc.array(fc.constantFrom(0x0d, 0x0a, 0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xed, 0xa0, 0xf0, 0x9f, 0x98, 0x80, 0xff));
  await fc.assert(
    fc.asyncProperty(bytes, fc.array(fc.nat(20)), async (all, cuts) => {
      const input = Uint8Array.from(all);
      const places = [...new Set(cuts.filter((cut) => cut < input.length))].sort((left, right) => left - right);
      const chunks = [0, ...places].map((from, index) => input.slice(from, places[index] ?? input.length));
      expect(await read(chunks)).toEqual(await read([input]));
    }),
  );
});
