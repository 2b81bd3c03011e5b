import { readWholeFile } from '../../config/read-whole-file.js';
import { formatTrace, JavaError } from '../java/java-error.js';
import { runtimeException } from '../java/runtime-exception.js';
import { fileError } from '../java/file-error.js';
import { illegalArgument, type GroupsRun } from './groups-run.js';
import { parseCsvRecord, type CsvRecord } from './parse-csv-record.js';
import type { NewOffset } from './new-offset.js';

/**
 * The offsets that a CSV file gives, by group id: `topic,partition,offset` where one group is named, and where the first line
 * can be read so, else `group,topic,partition,offset`. Of a partition that comes twice, the last line counts.
 *
 * @throws JavaError for a file or line that cannot be read; UsageError for a negative offset
 */
export function readResetFile(run: GroupsRun): ReadonlyMap<string, readonly NewOffset[]> {
  const lines = splitLines(readText(run.options.values('from-file')[0] ?? ''));
  const groups = run.options.values('group');
  const [first] = lines;
  const trace = first === undefined ? '' : traceOfPlain(first);
  const isPlain = first !== undefined && trace === '';
  run.err(trace);
  const records = lines.map((line): CsvRecord => {
    try {
      return groups.length === 1 && isPlain ? { ...parseCsvRecord(line, 3), group: groups[0] } : parseCsvRecord(line, 4);
    } catch (error) {
      throw error instanceof JavaError ? runtimeException(error) : error;
    }
  });
  const byGroup = new Map<string, Map<string, NewOffset>>();
  for (const { group = '', topic, partition, offset } of records) {
    if (offset < 0n) throw illegalArgument(run, 'Invalid negative offset');
    const offsets = byGroup.get(group) ?? new Map<string, NewOffset>();
    byGroup.set(group, offsets.set(`${topic} ${partition}`, { topic, partition, offset }));
  }
  // Kafka's tool reads the file twice, and tries the first line each time.
  run.err(trace);
  return new Map([...byGroup].map(([group, offsets]) => [group, [...offsets.values()]]));
}

/** Why a line is no record of three columns, as it is printed; empty where it is one. */
function traceOfPlain(line: string): string {
  try {
    parseCsvRecord(line, 3);
    return '';
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    return formatTrace(error);
  }
}

/** Lines as Java's `split` gives them: empty ones at the end are dropped, but an empty file is one line. */
function splitLines(text: string): string[] {
  const lines = text.split('\n');
  while (text !== '' && lines.at(-1) === '') lines.pop();
  return lines;
}

function readText(path: string): string {
  try {
    return readWholeFile(path).toString('utf8');
  } catch (error) {
    const cause = fileError(error, path);
    if (!(cause instanceof JavaError)) throw error;
    throw runtimeException(new JavaError('java.io.IOException', `Unable to read file ${path}`, cause));
  }
}
