import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'lossless-json';
import { CliError } from '../core/errors.js';
import { formatOffsetFile } from '../core/offset-file/format-offset-file.js';
import type { OffsetFile } from '../core/offset-file/offset-file.js';
import { systemReason } from '../core/system-reason.js';

/**
 * Writes an offset file under a temporary name in the same folder and renames it, so that a reader never sees half of one. A
 * link is followed to the file it names.
 *
 * @throws CliError `io` where it cannot be written, or where something other than a file has that name
 */
export async function writeOffsetFile(path: string, file: OffsetFile): Promise<void> {
  try {
    await replaceFile(await destination(path), `${stringify(formatOffsetFile(file), undefined, 2) ?? ''}\n`);
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError('io', `cannot write the offset file ${path}: ${systemReason(cause)}`, { cause });
  }
}

/**
 * Checks, before anything is changed, that an offset file can be written without losing another.
 *
 * @throws CliError `usage` for a file that holds something already, `io` where no file can be
 */
export async function checkNewOffsetFile(path: string): Promise<void> {
  const existing = await statOrNothing(path);
  if (existing === undefined) {
    if ((await statOrNothing(dirname(path)))?.isDirectory() === true) return;
    throw new CliError('io', `cannot write the offset file ${path}: ${dirname(path)} is not a folder`);
  }
  if (!existing.isFile()) throw notAFile(path);
  if (existing.size > 0)
    throw new CliError('usage', `the file ${path} exists already`, { hint: 'choose another name, or delete it first' });
}

async function destination(path: string): Promise<string> {
  const existing = await statOrNothing(path);
  if (existing === undefined) return path;
  // A device or a pipe must not be replaced by a file.
  if (!existing.isFile()) throw notAFile(path);
  return realpath(path);
}

function notAFile(path: string): CliError {
  return new CliError('io', `cannot write the offset file ${path}: it is not a file`);
}

async function statOrNothing(path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`);
  // `wx` refuses a name that exists, links too: what somebody put there is never written to.
  const handle = await open(temporary, 'wx');
  try {
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
