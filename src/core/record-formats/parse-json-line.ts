import { readBase64 } from './base64.js';
import { equalsBytes } from './find-bytes.js';
import { decodeHeaderKey } from './header-key.js';
import { JsonReader, JsonSyntaxError } from './json-reader.js';
import { RecordSyntaxError } from './record-error.js';
import type { RecordParser } from './line-parser.js';
import type { RecordHeader, RecordRange } from './record-range.js';

export interface JsonLineOptions {
  /** Send each record to the partition that its line names; otherwise the partitioner chooses. */
  readonly usePartitions: boolean;
}

const maxInt64 = 2n ** 63n - 1n;
/** What Kafka writes for a record without a time; the milliseconds before and after it are times. */
const noTimestamp = -1;
const isIgnored = new Set(['topic', 'offset']);

/**
 * A parser for the JSON lines that consuming writes: members `key`, `value` (or `keyBase64`, `valueBase64`), `headers`,
 * `timestamp`, `partition`; `topic` and `offset` are read over. A record without `timestamp` gets the time of writing, except
 * where `"timestampType":null` says that it had none. A value must be given, since leaving it out by mistake would write a
 * tombstone; anything else unknown or given twice is an error.
 *
 * @throws RecordSyntaxError naming the byte
 */
export function createJsonLineParser(options: JsonLineOptions): RecordParser {
  const reader = new JsonReader();
  return (source, start, end, record) => {
    reader.reset(source, start + markLength(source, start, end), end);
    try {
      parseRecord(reader, record, options);
    } catch (error) {
      if (error instanceof JsonSyntaxError) throw new RecordSyntaxError(`byte ${error.at - start + 1}: ${error.message}`);
      throw error;
    }
  };
}

/** A file from Windows may begin with a byte order mark, and one put together from such files has it in front of other lines. */
function markLength(source: Uint8Array, start: number, end: number): number {
  return end - start >= 3 && source[start] === 0xef && source[start + 1] === 0xbb && source[start + 2] === 0xbf ? 3 : 0;
}

interface ByteRange {
  start: number;
  end: number;
}

const nullRange: Readonly<ByteRange> = { start: -1, end: -1 };

function parseRecord(reader: JsonReader, record: RecordRange, options: JsonLineOptions): void {
  const seen = [] as string[];
  record.timestamp = undefined;
  record.partition = undefined;
  record.headers = undefined;
  let key: ByteRange | undefined;
  let value: ByteRange | undefined;
  let isWithoutTime: boolean | undefined;
  forEachMember(reader, (name) => {
    refuseTwice(reader, seen, name);
    if (name === 'key' || name === 'keyBase64') key = readBytes(reader, name === 'keyBase64');
    else if (name === 'value' || name === 'valueBase64') value = readBytes(reader, name === 'valueBase64');
    else if (name === 'headers') record.headers = readHeaders(reader);
    else if (name === 'timestamp') record.timestamp = readTimestamp(reader);
    else if (name === 'partition') record.partition = readPartition(reader, options);
    else if (name === 'timestampType') isWithoutTime = isNullScalar(reader);
    else if (isIgnored.has(name)) isNullScalar(reader);
    else reader.fail(`unknown member '${name}'`);
  });
  if (reader.peek() !== -1) reader.fail('more text behind the record');
  if (value === undefined) reader.fail('the record has no value (a tombstone is written "value":null)');
  if (isWithoutTime === true) record.timestamp ??= noTimestamp;
  setRanges(record, reader, key ?? nullRange, value);
}

function setRanges(record: RecordRange, reader: JsonReader, key: ByteRange, value: ByteRange): void {
  record.source = reader.decoded.bytes;
  record.keyStart = key.start;
  record.keyEnd = key.end;
  record.valueStart = value.start;
  record.valueEnd = value.end;
}

/** A record has one key and one value, in either of their forms. */
function refuseTwice(reader: JsonReader, seen: string[], name: string): void {
  const subject = subjects.get(name) ?? name;
  if (seen.includes(subject)) reader.fail(`the ${subject} is given twice`);
  seen.push(subject);
}

const knownNames = [
  'key',
  'value',
  'headers',
  'timestamp',
  'timestampType',
  'partition',
  'offset',
  'topic',
  'keyBase64',
  'valueBase64',
].map((name) => ({
  name,
  bytes: new TextEncoder().encode(name),
}));
const subjects = new Map([
  ['keyBase64', 'key'],
  ['valueBase64', 'value'],
]);
const decoder = new TextDecoder();

/** The name that stands in these bytes; decoding the usual ones anew in every line would take longer than all the rest. */
function nameAt(source: Uint8Array, start: number, end: number): string {
  for (const { name, bytes } of knownNames) if (equalsBytes(source, start, end, bytes)) return name;
  return decoder.decode(source.subarray(start, end));
}

/** Calls `each` with every member's name, in front of its value. */
function forEachMember(reader: JsonReader, each: (name: string) => void): void {
  reader.expect('{');
  if (reader.accept('}')) return;
  do {
    const start = reader.string();
    const name = nameAt(reader.decoded.bytes, start, reader.decoded.length);
    reader.decoded.length = start;
    reader.expect(':');
    each(name);
  } while (reader.accept(','));
  reader.expect('}');
}

function readBytes(reader: JsonReader, isBase64: boolean): ByteRange {
  if (reader.acceptNull()) return nullRange;
  const position = reader.position;
  const start = reader.string();
  const end = reader.decoded.length;
  if (!isBase64) return { start, end };
  // Decoded behind the text: reserve first, since growing replaces the array that is read from.
  reader.decoded.reserve(end - start);
  if (!readBase64(reader.decoded, reader.decoded.bytes, start, end)) reader.fail('text that is no base64', position);
  return { start: end, end: reader.decoded.length };
}

function readHeaders(reader: JsonReader): RecordHeader[] | undefined {
  if (reader.acceptNull()) return undefined;
  const headers: RecordHeader[] = [];
  reader.expect('[');
  if (reader.accept(']')) return headers;
  do headers.push(readHeader(reader));
  while (reader.accept(','));
  reader.expect(']');
  return headers;
}

function readHeader(reader: JsonReader): RecordHeader {
  const seen = [] as string[];
  let key: ByteRange | undefined;
  let value: ByteRange | undefined;
  forEachMember(reader, (name) => {
    refuseTwice(reader, seen, name);
    if (name === 'key' || name === 'keyBase64') key = readBytes(reader, name === 'keyBase64');
    else if (name === 'value' || name === 'valueBase64') value = readBytes(reader, name === 'valueBase64');
    else reader.fail(`unknown member '${name}' in a header`);
  });
  if (key === undefined || key.start < 0) reader.fail('a header without a key');
  if (value === undefined) reader.fail('a header without a value (write "value":null for none)');
  const { bytes } = reader.decoded;
  const name = decodeHeaderKey(bytes, key.start, key.end) ?? reader.fail('the key of a header is no UTF-8 text');
  return { key: name, value: value.start < 0 ? null : bytes.slice(value.start, value.end) };
}

function readTimestamp(reader: JsonReader): number | bigint | undefined {
  if (reader.acceptNull()) return undefined;
  const position = reader.position;
  const timestamp = reader.integer();
  if (timestamp < -maxInt64 - 1n || timestamp > maxInt64) reader.fail('the timestamp is no number of milliseconds', position);
  return timestamp;
}

function readPartition(reader: JsonReader, { usePartitions }: JsonLineOptions): number | undefined {
  if (reader.acceptNull()) return undefined;
  const position = reader.position;
  const partition = reader.integer();
  if (typeof partition !== 'number' || partition < 0 || partition > 0x7fffffff)
    reader.fail('this is no partition number', position);
  return usePartitions ? partition : undefined;
}

/** Reads over text, a number or null, and tells whether it was null. */
function isNullScalar(reader: JsonReader): boolean {
  if (reader.acceptNull()) return true;
  if (reader.peek() === 0x22) reader.string();
  else reader.integer();
  return false;
}
