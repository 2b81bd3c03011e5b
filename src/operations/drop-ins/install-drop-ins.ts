import { constants } from 'node:fs';
import { access, chmod, lstat, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dropInNames } from '../../core/drop-in-names.js';
import { CliError } from '../../core/errors.js';
import type { Approval } from '../context.js';

/** Where to install, and what. */
export interface InstallInput {
  readonly folder: string;
  /** The folder that holds kafkit's own programs, absolute. */
  readonly bin: string;
}

/** One file that is to be there. `new`: it is not yet; `replace`: an older one of ours is. */
export interface DropInFile {
  readonly name: string;
  readonly path: string;
  readonly change: 'new' | 'replace' | 'none';
}

export interface InstallPlan {
  readonly files: readonly DropInFile[];
}

export interface InstallResult {
  readonly plan: InstallPlan;
  /** Whether the files were written; false after a dry run, and where all were there. */
  readonly isWritten: boolean;
}

/** Tells files of ours from others. */
const mark = '# kafkit: stands in for the script of Kafka that has this name';

/**
 * Puts a program for each drop-in name into a folder, with and without `.sh`. Doing it again changes nothing; files that are not
 * ours are never written over, and all files are there or none.
 *
 * @throws CliError `input` naming every file in the way, and `io` where the folder cannot be used; nothing is written then
 */
export async function installDropIns({ folder, bin }: InstallInput, approve: Approval<InstallPlan>): Promise<InstallResult> {
  await checkFolder(folder);
  const wanted = dropInNames.flatMap((name) => [name, `${name}.sh`].map((file) => ({ file, text: programText(join(bin, name)) })));
  const looked = await Promise.all(wanted.map(async (each) => ({ ...each, there: await readIfThere(join(folder, each.file)) })));
  const foreign = looked.filter(({ there }) => there !== undefined && !there.includes(mark));
  if (foreign.length > 0) {
    const lines = foreign.map(({ file }) => `${join(folder, file)} is not one of kafkit's files`);
    throw new CliError('input', ['nothing was written', ...lines].join('\n'), {
      hint: 'choose an empty folder, put first in the PATH, or move those files away',
    });
  }
  const files = looked.map(({ file, text, there }): DropInFile => {
    const change = there === undefined ? 'new' : there === text ? 'none' : 'replace';
    return { name: file, path: join(folder, file), change };
  });
  const plan = { files };
  const open = files.filter(({ change }) => change !== 'none');
  if (open.length === 0 || !(await approve(plan))) return { plan, isWritten: false };
  const texts = new Map(wanted.map(({ file, text }) => [file, text]));
  await writeAll(
    folder,
    open.map(({ name, path, change }) => ({ path, text: texts.get(name) ?? '', isNew: change === 'new' })),
  );
  return { plan, isWritten: true };
}

function programText(program: string): string {
  return `#!/bin/sh\n${mark}\nexec '${program.replaceAll("'", "'\\''")}' "$@"\n`;
}

/** @throws CliError `io` where the folder is something else, or nothing may be written there */
async function checkFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw cannotWrite(folder, error);
  });
  if (there?.isDirectory() === false) {
    throw new CliError('io', `cannot install into ${folder}: it is no folder; nothing was written`, {
      hint: 'name a folder, or one that does not exist yet',
    });
  }
  if (there === undefined) return folder === dirname(folder) ? undefined : checkFolder(dirname(folder));
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw cannotWrite(folder, error);
  });
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    await lstat(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
  }
  // What cannot be read, a folder, a link to nothing or somebody else's file, is not ours.
  return readFile(path, 'latin1').catch(() => '');
}

interface Program {
  readonly path: string;
  readonly text: string;
  readonly isNew: boolean;
}

/** Under other names first, so that nobody finds half a program, and a disk that is full leaves nothing behind. */
async function writeAll(folder: string, programs: readonly Program[]): Promise<void> {
  const made: string[] = [];
  const written: string[] = [];
  const draftOf = ({ path }: Program): string => `${path}.kafkit-new`;
  try {
    await makeFolder(folder, made);
    for (const program of programs) {
      await writeFile(draftOf(program), program.text);
      written.push(draftOf(program));
      await chmod(draftOf(program), 0o755);
    }
    for (const program of programs) {
      await rename(draftOf(program), program.path);
      if (program.isNew) written.push(program.path);
    }
  } catch (error) {
    for (const path of [...written, ...made.reverse()]) await rm(path, { recursive: true, force: true }).catch(() => undefined);
    throw cannotWrite(folder, error);
  }
}

/** One level after the other: node's own way never ends where a file system lets nobody make folders. */
async function makeFolder(folder: string, made: string[]): Promise<void> {
  try {
    await mkdir(folder);
    made.push(folder);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    if (!hasCode(error, 'ENOENT') || (await stat(dirname(folder)).catch(() => undefined)) !== undefined) throw error;
    await makeFolder(dirname(folder), made);
    await makeFolder(folder, made);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function cannotWrite(folder: string, error: unknown): CliError {
  const reason = error instanceof Error ? error.message : String(error);
  return new CliError('io', `cannot write to ${folder}: ${reason}; nothing was written`, { cause: error });
}
