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
  const isPlain = first !== undefined && isPlainRecord(run, first);
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
  return new Map([...byGroup].map(([group, offsets]) => [group, [...offsets.values()]]));
}

/** Kafka's tool tries the first line, each time it reads the file, and it reads it twice. */
function isPlainRecord(run: GroupsRun, line: string): boolean {
  try {
    parseCsvRecord(line, 3);
    return true;
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    run.err(formatTrace(error).repeat(2));
    return false;
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
