import type { OffsetFile } from '../../core/offset-file/offset-file.js';

/** Where the file's name is told. */
interface Teller {
  notice(line: string): void;
}

/**
 * What writes the file that undoes a change; undefined where none is asked for. The file is checked now, so that a name that
 * cannot be written is told before anything is read.
 *
 * @throws CliError `usage` for a file that holds something already, `io` where no file can be
 */
export async function saveBefore(
  session: Teller,
  path: string | undefined,
  isDryRun: boolean,
): Promise<((undo: OffsetFile) => Promise<void>) | undefined> {
  if (path === undefined) return undefined;
  const { checkNewOffsetFile, writeOffsetFile } = await import('../../config/write-offset-file.js');
  await checkNewOffsetFile(path);
  if (isDryRun) return undefined;
  return async (undo) => {
    await writeOffsetFile(path, undo);
    session.notice(`the offsets of before are in ${path}; put them back with: kafkit groups import ${path}`);
  };
}
