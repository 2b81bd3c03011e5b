import { readWholeFile } from '../../config/read-whole-file.js';
import { deleteRecords, type CutAnswer, type RecordCut } from '../../client/records.js';
import { CliError } from '../../core/errors.js';
import type { ToolContext } from '../connect-tool.js';
import { executionException, JavaError } from '../java/java-error.js';
import { leaderFailure } from '../java/leader-failure.js';
import { fileError } from '../java/file-error.js';
import type { ToolRun } from '../tool.js';
import { parseCuts } from './parse-cuts.js';

/** Deletes the records below the offsets of a file and prints what became of each partition; resolves to whether all went well. */
export async function cutRecords(run: ToolRun, context: ToolContext, path: string): Promise<boolean> {
  const cuts = parseCuts(readText(path));
  run.out('Executing records delete operation\n');
  const answers = await cut(context, cuts);
  run.out(`Records delete operation completed:\n${answers.map(formatAnswer).join('')}`);
  return answers.every(({ error }) => error === undefined);
}

type Outcome = Pick<CutAnswer, 'topic' | 'partition' | 'lowWatermark'> & { readonly error: CliError | undefined };

/** Where no broker could be asked, that is every partition's own error. */
async function cut(context: ToolContext, cuts: readonly RecordCut[]): Promise<readonly Outcome[]> {
  if (cuts.length === 0) return [];
  try {
    return await deleteRecords(await context.connect(), cuts, { seekUntilDeadline: true });
  } catch (error) {
    if (!(error instanceof CliError) || error.code === 'aborted') throw error;
    return cuts.map(({ topic, partition }) => ({ topic, partition, lowWatermark: undefined, error }));
  }
}

function formatAnswer({ topic, partition, lowWatermark, error }: Outcome): string {
  const place = `partition: ${topic}-${partition}`;
  if (error === undefined) return `${place}\tlow_watermark: ${lowWatermark}\n`;
  const why = executionException(leaderFailure(error, 'deleteRecords')).message;
  return `${place}\terror: ${why}\n`;
}

function readText(path: string): string {
  try {
    return readWholeFile(path).toString('utf8');
  } catch (error) {
    const reason = fileError(error, path);
    if (!(reason instanceof JavaError)) throw error;
    throw new JavaError('java.io.IOException', `Unable to read file ${path}`, reason);
  }
}
