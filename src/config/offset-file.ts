import { CliError } from '../core/errors.js';
import type { OffsetFile, OffsetFileProblem, ParsedOffsetFile } from '../core/offset-file/offset-file.js';
import type { ParseOptions } from '../core/offset-file/parse-offset-file.js';
import { systemReason } from '../core/system-reason.js';
import { readWholeFile } from './read-whole-file.js';

/**
 * Reads an offset file: JSON where the first character that is not blank is `{` or `[`, else one of Kafka's CSV exports.
 *
 * @throws CliError `config` with every problem, each as a line `FILE: AT: MESSAGE`
 */
export async function readOffsetFile(path: string, options: ParseOptions): Promise<OffsetFile> {
  let bytes: Uint8Array;
  try {
    bytes = readWholeFile(path);
  } catch (cause) {
    throw new CliError('config', `cannot read the offset file ${path}: ${systemReason(cause)}`, { cause });
  }
  const parsed = await parseOffsetBytes(bytes, options);
  if ('file' in parsed) return parsed.file;
  throw new CliError('config', parsed.problems.map((problem) => lineOf(path, problem)).join('\n'));
}

function lineOf(path: string, { at, message }: OffsetFileProblem): string {
  return at === '' ? `${path}: ${message}` : `${path}: ${at}: ${message}`;
}

/** What the bytes of an offset file say. */
export async function parseOffsetBytes(bytes: Uint8Array, options: ParseOptions): Promise<ParsedOffsetFile> {
  let text: string;
  try {
    // The decoder drops a byte order mark.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problems: [{ at: '', message: 'is not UTF-8 text' }] };
  }
  const first = text.trimStart()[0];
  if (first === undefined) return { problems: [{ at: '', message: 'is empty' }] };
  if (first === '{' || first === '[') return (await import('./offset-file-json.js')).parseOffsetJson(text, options);
  return (await import('./offset-file-csv.js')).parseOffsetCsv(text);
}
