import { CliError } from '../errors.js';
import { readEscape } from './escape-sequences.js';
import { forEachHeader } from './header-reader.js';
import type { ByteBuffer } from './byte-buffer.js';
import type { RecordFormatter } from './format-json-line.js';
import type { RecordView } from './record-view.js';
import type { BytesWriter } from './terminal-text.js';

type Piece = (output: ByteBuffer, record: RecordView) => void;

/**
 * A formatter for a format string in the manner of kcat: `%t` topic, `%p` partition, `%o` offset, `%k` key, `%v` or `%s` value,
 * `%T` timestamp in milliseconds (-1 without), `%h` headers (`k=v,k2=v2`), `%K` and `%S` length of key and value in bytes (-1
 * for null), `%%`; and the escapes `\n`, `\t`, `\r`, `\0`, `\\`, `\xNN`. A null key or value prints `nullText`.
 *
 * @throws CliError `usage` at an unknown `%` token or escape
 */
export function parseFormatString(format: string, writeBytes: BytesWriter, nullText = ''): RecordFormatter {
  const pieces = parsePieces(format, writeBytes, new TextEncoder().encode(nullText));
  return (output, record) => {
    for (const piece of pieces) piece(output, record);
  };
}

function parsePieces(format: string, writeBytes: BytesWriter, nullText: Uint8Array): Piece[] {
  const fields = fieldPieces(writeBytes, nullText);
  const pieces: Piece[] = [];
  let literal: number[] = [];
  const flush = (): void => {
    const bytes = Uint8Array.from(literal);
    literal = [];
    if (bytes.length > 0) pieces.push((output) => output.all(bytes));
  };
  let index = 0;
  while (index < format.length) {
    const character = String.fromCodePoint(format.codePointAt(index) as number); // index is inside the text
    if (character === '\\') {
      const { byte, length } = readEscape(format, index, 'format');
      literal.push(byte);
      index += length;
    } else if (character !== '%') {
      literal.push(...new TextEncoder().encode(character));
      index += character.length;
    } else {
      const token = format.slice(index + 1, index + 2);
      if (token === '%') literal.push(0x25);
      else {
        flush();
        pieces.push(fields[token] ?? unknownToken(format, token));
      }
      index += 2;
    }
  }
  flush();
  return pieces;
}

function unknownToken(format: string, token: string): never {
  throw new CliError('usage', `format '${format}': '%${token}' is no token`, {
    hint: 'tokens are %t topic, %p partition, %o offset, %k key, %v value, %T timestamp, %h headers, %K key length, %S value length, %%',
  });
}

const kcatHeaders: HeaderTexts = {
  separator: Uint8Array.of(0x2c),
  keySeparator: Uint8Array.of(0x3d),
  nullText: new TextEncoder().encode('NULL'),
};

function fieldPieces(writeBytes: BytesWriter, nullText: Uint8Array): Readonly<Record<string, Piece>> {
  const writeValue: Piece = (output, { source, valueStart, valueEnd }) => {
    if (valueStart < 0) output.all(nullText);
    else writeBytes(output, source, valueStart, valueEnd);
  };
  return {
    t: writeTopic(),
    p: (output, record) => output.decimal(record.partition),
    o: (output, record) => output.decimal(record.offset),
    T: (output, record) => output.decimal(record.timestampType === 'none' ? -1 : record.timestamp),
    k: (output, { source, keyStart, keyEnd }) => {
      if (keyStart < 0) output.all(nullText);
      else writeBytes(output, source, keyStart, keyEnd);
    },
    v: writeValue,
    s: writeValue,
    K: (output, { keyStart, keyEnd }) => output.decimal(keyStart < 0 ? -1 : keyEnd - keyStart),
    S: (output, { valueStart, valueEnd }) => output.decimal(valueStart < 0 ? -1 : valueEnd - valueStart),
    h: (output, record) => writeHeaderPairs(output, record, writeBytes, kcatHeaders),
  };
}

function writeTopic(): Piece {
  let topic: string | undefined;
  let bytes = new Uint8Array(0);
  return (output, record) => {
    if (record.topic !== topic) {
      topic = record.topic;
      bytes = new TextEncoder().encode(topic);
    }
    output.all(bytes);
  };
}

/** Texts between the parts of a header list. */
export interface HeaderTexts {
  readonly separator: Uint8Array;
  readonly keySeparator: Uint8Array;
  /** What a null header value prints. */
  readonly nullText: Uint8Array;
  /** Writes values, `nullText` among them, where they are not written as keys are. */
  readonly writeValue?: BytesWriter | undefined;
}

/** Appends a record's headers as a list of pairs, in their order, duplicates included. */
export function writeHeaderPairs(output: ByteBuffer, record: RecordView, writeBytes: BytesWriter, texts: HeaderTexts): void {
  const { source } = record;
  let isFirst = true;
  forEachHeader(source, record.headersStart, record.headerCount, (keyStart, keyEnd, valueStart, valueEnd) => {
    if (!isFirst) output.all(texts.separator);
    isFirst = false;
    writeBytes(output, source, keyStart, keyEnd);
    output.all(texts.keySeparator);
    if (valueStart >= 0) (texts.writeValue ?? writeBytes)(output, source, valueStart, valueEnd);
    else if (texts.writeValue === undefined) output.all(texts.nullText);
    else texts.writeValue(output, texts.nullText, 0, texts.nullText.length);
  });
}
