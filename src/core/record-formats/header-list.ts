import { CliError } from '../errors.js';
import { decodeHeaderKey } from './header-key.js';
import { equalsBytes, findBytes } from './find-bytes.js';
import { quoteLine, RecordSyntaxError } from './record-error.js';
import type { LineFormat } from './line-parser.js';
import type { RecordHeader } from './record-range.js';

type HeaderFormat = Pick<LineFormat, 'headersSeparator' | 'headersKeySeparator' | 'nullMarker' | 'ignoreErrors'>;

/** Reads the header list in `source[start, end)`; `undefined` when the whole list is the null marker. */
export type HeaderParser = (source: Uint8Array, start: number, end: number) => readonly RecordHeader[] | undefined;

/**
 * A parser for `k1:v1,k2:v2`. Headers keep their order and duplicates, and their bytes are copied out of the buffer.
 *
 * @throws RecordSyntaxError at a pair without key separator, or a key that is the null marker or no text
 */
export function createHeaderParser(format: HeaderFormat): HeaderParser {
  return (source, start, end) => {
    if (isNull(source, start, end, format)) return undefined;
    const headers: RecordHeader[] = [];
    const last = start === end ? end : endWithoutEmptyPairs(source, start, end, format.headersSeparator);
    if (last < start) return headers;
    let at = start;
    for (;;) {
      const next = findBytes(source, format.headersSeparator, at, last);
      headers.push(parsePair(source, at, next < 0 ? last : next, format));
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

function parsePair(source: Uint8Array, start: number, end: number, format: HeaderFormat): RecordHeader {
  const at = findBytes(source, format.headersKeySeparator, start, end);
  if (at < 0) {
    if (format.ignoreErrors) return { key: keyOf(source, start, end), value: null };
    throw new RecordSyntaxError(`no separator between key and value in header ${quoteLine(source, start, end)}`);
  }
  if (isNull(source, start, at, format))
    throw new RecordSyntaxError('the key of a header is the null marker; a key cannot be null');
  const valueStart = at + format.headersKeySeparator.length;
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
