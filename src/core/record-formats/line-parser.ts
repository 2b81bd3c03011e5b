import { CliError } from '../errors.js';
import { equalsBytes, findBytes } from './find-bytes.js';
import { createHeaderParser } from './header-list.js';
import type { LineFormat } from './line-format.js';
import { ownLineTexts, RecordSyntaxError } from './record-error.js';
import type { RecordRange } from './record-range.js';

/** Reads the record in `source[start, end)` into `record`, which it overwrites, but for its tag. */
export type RecordParser = (source: Uint8Array, start: number, end: number, record: RecordRange) => void;

/**
 * A parser for lines in one format. It allocates nothing for a line without headers; ranges point into the caller's buffer.
 * The value of an empty line is empty, not null.
 *
 * @throws CliError `usage` for separators that cannot be told apart; the parser itself: RecordSyntaxError
 */
export function createLineParser(format: LineFormat): RecordParser {
  refuseAmbiguity(format);
  return createTrustingLineParser(format);
}

/** A parser as {@link createLineParser} makes it, for separators that the caller has looked at; they may also be empty. */
export function createTrustingLineParser(format: LineFormat): RecordParser {
  if (!format.parseHeaders && !format.parseKey && format.nullMarker === undefined) return parseWholeLine;
  const parseHeaders = format.parseHeaders ? createHeaderParser(format) : undefined;
  return (source, start, end, record) => {
    record.source = source;
    record.headers = undefined;
    const line = { source, start, end, tag: record.tag };
    const stop = parseHeaders === undefined ? -1 : findPart(line, start, format, 'headers delimiter');
    const at = parseKey(line, stop < 0 ? start : stop + format.headersDelimiter.length, format, record);
    if (stop >= 0) record.headers = parseHeaders?.(source, start, stop, record.tag);
    const isNull = format.nullMarker !== undefined && equalsBytes(source, at, end, format.nullMarker);
    record.valueStart = isNull ? -1 : at;
    record.valueEnd = isNull ? -1 : end;
  };
}

/** The parser of a format in which a line is a value and nothing else. */
export function parseWholeLine(source: Uint8Array, start: number, end: number, record: RecordRange): void {
  record.source = source;
  record.keyStart = -1;
  record.keyEnd = -1;
  record.valueStart = start;
  record.valueEnd = end;
}

/** One line of the input. */
interface Line {
  readonly source: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly tag: number;
}

/** Sets the key and returns where the value starts. */
function parseKey(line: Line, at: number, format: LineFormat, record: RecordRange): number {
  record.keyStart = -1;
  record.keyEnd = -1;
  if (!format.parseKey) return at;
  const stop = findPart(line, at, format, 'key separator');
  if (stop < 0) return at;
  if (format.nullMarker === undefined || !equalsBytes(line.source, at, stop, format.nullMarker)) {
    record.keyStart = at;
    record.keyEnd = stop;
  }
  return stop + format.keySeparator.length;
}

function findPart(line: Line, from: number, format: LineFormat, what: 'headers delimiter' | 'key separator'): number {
  const separator = what === 'key separator' ? format.keySeparator : format.headersDelimiter;
  const { source, end } = line;
  const at = separator.length === 0 ? from : findBytes(source, separator, from, end);
  if (at >= 0 || format.ignoreErrors) return at;
  const { texts = ownLineTexts } = format;
  throw new RecordSyntaxError(texts.missing(what, { ...line, from }));
}

/** As in Kafka's reader, the key separator may equal a header separator: it is looked for behind the headers only. */
function refuseAmbiguity(format: LineFormat): void {
  const ofHeaders: [string, Uint8Array][] = [
    ['headers delimiter', format.headersDelimiter],
    ['headers separator', format.headersSeparator],
    ['header key separator', format.headersKeySeparator],
  ];
  const used = format.parseHeaders ? [...ofHeaders] : [];
  refuseEqual(used);
  if (format.parseKey) used.push(['key separator', format.keySeparator]);
  for (const [name, separator] of used) {
    if (separator.length === 0) throw new CliError('usage', `the ${name} is empty`);
    if (format.nullMarker !== undefined)
      refuseEqual([
        ['null marker', format.nullMarker],
        [name, separator],
      ]);
  }
}

function refuseEqual(separators: readonly [string, Uint8Array][]): void {
  for (const [index, [name, separator]] of separators.entries()) {
    for (const [otherName, other] of separators.slice(index + 1)) {
      if (equalsBytes(separator, 0, separator.length, other)) {
        throw new CliError('usage', `the ${name} and the ${otherName} are the same`);
      }
    }
  }
}
