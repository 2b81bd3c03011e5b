import { CsvError, parse } from 'csv-parse/sync';
import type { ParsedOffsetFile } from '../core/offset-file/offset-file.js';
import { parseOffsetRows } from '../core/offset-file/parse-offset-file.js';

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** What one of Kafka's CSV exports says: rows of `topic,partition,offset` or `group,topic,partition,offset`, without a header. */
export function parseOffsetCsv(text: string): ParsedOffsetFile {
  try {
    // With `info` each row is an object of this shape (the library's types describe rows without it).
    const rows = parse(text, { info: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as unknown as Row[];
    return parseOffsetRows(rows.map(({ record, info }) => ({ line: info.lines, cells: record })));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? `line ${error['lines']}` : '';
    return { problems: [{ at: line, message: `is not CSV: ${error.message}` }] };
  }
}
