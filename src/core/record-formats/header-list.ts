import { CliError } from '../errors.js';
import { decodeHeaderKey } from './header-key.js';
import { equalsBytes, findBytes } from './find-bytes.js';
import { type LinePiece, ownLineTexts, quoteLine, RecordSyntaxError } from './record-error.js';
import type { LineFormat } from './line-format.js';
import type { RecordHeader } from './record-range.js';

type HeaderFormat = Pick<
  LineFormat,
  'headersSeparator' | 'headersKeySeparator' | 'nullMarker' | 'ignoreErrors' | 'keepsEmptyPairs' | 'splitHeaders' | 'texts'
>;

/** Reads the header list in `source[start, end)` of the line `tag`; `undefined` when the whole list is the null marker. */
export type HeaderParser = (source: Uint8Array, start: number, end: number, tag?: number) => readonly RecordHeader[] | undefined;

/**
 * A parser for `k1:v1,k2:v2`. Headers keep their order and duplicates, and their bytes are copied out of the buffer.
 *
 * @throws RecordSyntaxError at a pair without key separator, or a key that is the null marker or no text
 */
export function createHeaderParser(format: HeaderFormat): HeaderParser {
  const { splitHeaders } = format;
  return (source, start, end, tag = 0) => {
    if (isNull(source, start, end, format)) return undefined;
    if (splitHeaders !== undefined) return parsePairs(splitHeaders(textOf(source, start, end)), tag, format);
    const headers: RecordHeader[] = [];
    // What printing a record without headers gives.
    if (start === end && format.keepsEmptyPairs !== true) return headers;
    const last = start === end ? end : endWithoutEmptyPairs(source, start, end, format.headersSeparator);
    if (last < start) return headers;
    let at = start;
    for (;;) {
      const next = findBytes(source, format.headersSeparator, at, last);
      const pair = { source, start: at, end: next < 0 ? last : next, tag };
      const isAbsent = pair.start === pair.end && format.ignoreErrors && format.keepsEmptyPairs !== true;
      if (!isAbsent) headers.push(parsePair(pair, format));
      if (next < 0) return headers;
      at = next + format.headersSeparator.length;
    }
  };
}

/** Separators at the end of a list stand for nothing, as in Kafka's reader. -1 when nothing else is there. */
function endWithoutEmptyPairs(source: Uint8Array, start: number, end: number, separator: Uint8Array): number {
  let last = end;
  while (last > start && last - separator.length >= start && equalsBytes(source, last - separator.length, last, separator)) {
    last -= separator.length;
  }
  return last === start ? -1 : last;
}

function parsePairs(pairs: readonly string[], tag: number, format: HeaderFormat): RecordHeader[] {
  return pairs.map((pair) => {
    const source = new TextEncoder().encode(pair);
    return parsePair({ source, start: 0, end: source.length, tag }, format);
  });
}

function textOf(source: Uint8Array, start: number, end: number): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(source.subarray(start, end));
}

function parsePair(pair: LinePiece, format: HeaderFormat): RecordHeader {
  const { source, start, end } = pair;
  const { headersKeySeparator: separator, texts = ownLineTexts } = format;
  const at = separator.length === 0 ? start : findBytes(source, separator, start, end);
  if (at < 0) {
    if (format.ignoreErrors) return { key: keyOf(source, start, end), value: null };
    throw new RecordSyntaxError(texts.unpaired(pair));
  }
  if (isNull(source, start, at, format)) throw new RecordSyntaxError(texts.nullKey());
  const valueStart = at + separator.length;
  const value = isNull(source, valueStart, end, format) ? null : copyOf(source, valueStart, end);
  return { key: keyOf(source, start, at), value };
}

function keyOf(source: Uint8Array, start: number, end: number): string {
  return decodeHeaderKey(source, start, end) ?? refuseKey(source, start, end);
}

function refuseKey(source: Uint8Array, start: number, end: number): never {
  throw new RecordSyntaxError(`the header key ${quoteLine(source, start, end)} is no UTF-8 text`);
}

function copyOf(source: Uint8Array, start: number, end: number): Uint8Array {
  // The source may be a Buffer, whose own slice() shares memory.
  return Uint8Array.prototype.slice.call(source, start, end);
}

function isNull(source: Uint8Array, start: number, end: number, { nullMarker }: HeaderFormat): boolean {
  return nullMarker !== undefined && equalsBytes(source, start, end, nullMarker);
}

/**
 * The header of a `--header key=value` argument, cut at the first `=`.
 *
 * @throws CliError `usage` without `=` or without a key
 */
export function parseHeaderArgument(text: string): RecordHeader {
  const equals = text.indexOf('=');
  if (equals < 1) throw new CliError('usage', `header '${text}' is not of the form key=value`);
  return { key: text.slice(0, equals), value: new TextEncoder().encode(text.slice(equals + 1)) };
}
