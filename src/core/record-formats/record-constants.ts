import type { RecordParser } from './line-parser.js';
import type { RecordHeader, RecordRange } from './record-range.js';

/** What every record of a run gets, whatever its line says. */
export interface RecordConstants {
  /** In front of the line's own headers. */
  readonly headers?: readonly RecordHeader[];
  readonly partition?: number | undefined;
  readonly timestamp?: number | undefined;
}

/** A parser that gives every record the same headers, partition or timestamp; these win over those of the line. */
export function withConstants(parse: RecordParser, constants: RecordConstants): RecordParser {
  const { headers = [], partition, timestamp } = constants;
  if (headers.length === 0 && partition === undefined && timestamp === undefined) return parse;
  return (source, start, end, record) => {
    parse(source, start, end, record);
    if (headers.length > 0) addHeaders(record, headers);
    if (partition !== undefined) record.partition = partition;
    if (timestamp !== undefined) record.timestamp = timestamp;
  };
}

function addHeaders(record: RecordRange, headers: readonly RecordHeader[]): void {
  // A parser of values only leaves the headers of the record before.
  if (record.headers === undefined || record.headers === headers) record.headers = headers;
  else record.headers = [...headers, ...record.headers];
}
