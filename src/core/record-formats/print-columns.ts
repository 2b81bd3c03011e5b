import { CliError } from '../errors.js';
import { writeHeaderPairs, type HeaderTexts } from './format-string.js';
import type { ByteBuffer } from './byte-buffer.js';
import type { RecordFormatter } from './format-json-line.js';
import type { RecordView } from './record-view.js';
import { type BytesWriter, writeRaw } from './terminal-text.js';

/** What `--print` can show of a record, in any order. */
export const printColumns = ['topic', 'partition', 'offset', 'timestamp', 'headers', 'key', 'value'] as const;
export type PrintColumn = (typeof printColumns)[number];

export interface PrintLayout {
  readonly columns: readonly PrintColumn[];
  /** Between two columns. */
  readonly separator: Uint8Array;
  /** Behind each record. */
  readonly delimiter: Uint8Array;
  /** What a null key or value prints. */
  readonly nullText: Uint8Array;
  readonly headers: HeaderTexts;
}

/**
 * The columns of a `--print` argument, for example `key,value`.
 *
 * @throws CliError `usage` at an unknown, repeated or missing name
 */
export function parsePrintColumns(text: string): PrintColumn[] {
  const columns: PrintColumn[] = [];
  for (const name of text.split(',').map((part) => part.trim())) {
    const column = printColumns.find((known) => known === name);
    if (column === undefined) {
      throw new CliError('usage', `--print '${text}': '${name}' is no column`, { hint: `columns are ${printColumns.join(', ')}` });
    }
    if (columns.includes(column)) throw new CliError('usage', `--print '${text}' names '${name}' twice`);
    columns.push(column);
  }
  return columns;
}

/** A formatter that prints a record's columns on one line. */
export function createColumnFormatter(layout: PrintLayout, writeBytes: BytesWriter): RecordFormatter {
  const { columns, separator, delimiter, nullText } = layout;
  const writers = columns.map((column) => columnWriter(column, writeBytes, nullText, layout.headers));
  const [first] = writers;
  if (writers.length === 1 && first !== undefined) {
    const format = (output: ByteBuffer, record: RecordView): void => {
      first(output, record);
      output.all(delimiter);
    };
    const isPlain = columns[0] === 'value' && writeBytes === writeRaw;
    return isPlain ? Object.assign(format, { valueEnding: delimiter }) : format;
  }
  return (output, record) => {
    for (const [index, write] of writers.entries()) {
      if (index > 0) output.all(separator);
      write(output, record);
    }
    output.all(delimiter);
  };
}

type ColumnWriter = (output: ByteBuffer, record: RecordView) => void;

function columnWriter(column: PrintColumn, writeBytes: BytesWriter, nullText: Uint8Array, headers: HeaderTexts): ColumnWriter {
  switch (column) {
    case 'topic':
      return (output, record) => output.all(new TextEncoder().encode(record.topic));
    case 'partition':
      return (output, record) => output.decimal(record.partition);
    case 'offset':
      return (output, record) => output.decimal(record.offset);
    case 'timestamp':
      return (output, record) => output.decimal(record.timestampType === 'none' ? -1 : record.timestamp);
    case 'headers':
      return (output, record) => writeHeaderPairs(output, record, writeBytes, headers);
    case 'key':
      return (output, { source, keyStart, keyEnd }) => {
        if (keyStart < 0) output.all(nullText);
        else writeBytes(output, source, keyStart, keyEnd);
      };
    case 'value':
      return (output, { source, valueStart, valueEnd }) => {
        if (valueStart < 0) output.all(nullText);
        else writeBytes(output, source, valueStart, valueEnd);
      };
  }
}
