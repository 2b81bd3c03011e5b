import { isUtf8 } from 'node:buffer';
import { ByteBuffer } from '../../core/record-formats/byte-buffer.js';
import { cutSequenceStart, writeJavaText } from '../../core/record-formats/java-utf8.js';
import type { ByteSource } from './byte-source.js';

const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/**
 * A source as Java's readers of lines see it: UTF-8 text, malformed bytes replaced by U+FFFD, where a line feed, a carriage
 * return or both end a line. What comes out has line feeds only.
 */
export function javaLines(source: ByteSource): ByteSource {
  return {
    name: source.name,
    async *chunks(signal) {
      let held: Buffer = Buffer.alloc(0);
      let afterReturn = false;
      for await (const chunk of source.chunks(signal)) {
        const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
        const end = cutSequenceStart(bytes);
        held = Buffer.from(bytes.subarray(end));
        let text = asText(bytes.subarray(0, end));
        if (text.length === 0) continue;
        const endsInReturn = text[text.length - 1] === carriageReturn;
        if (afterReturn && text[0] === lineFeed) text = text.subarray(1);
        afterReturn = endsInReturn;
        yield withLineFeeds(text);
      }
      if (held.length > 0 && !signal.aborted) yield asText(held);
    },
  };
}

function asText(bytes: Buffer): Buffer {
  if (isUtf8(bytes)) return bytes;
  const text = new ByteBuffer(bytes.length + 1024);
  writeJavaText(text, bytes, 0, bytes.length);
  const { buffer, byteOffset, length } = text.view();
  return Buffer.from(buffer, byteOffset, length);
}

/** Changes the bytes in place: nobody else reads them. */
function withLineFeeds(text: Buffer): Buffer {
  let found = text.indexOf(carriageReturn);
  if (found < 0) return text;
  let length = found;
  while (found >= 0) {
    const next = text[found + 1] === lineFeed ? found + 2 : found + 1;
    const following = text.indexOf(carriageReturn, next);
    const end = following < 0 ? text.length : following;
    text[length++] = lineFeed;
    text.copyWithin(length, next, end);
    length += end - next;
    found = following;
  }
  return text.subarray(0, length);
}
