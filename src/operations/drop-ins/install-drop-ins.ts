import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
 * ours are never written over.
 *
 * @throws CliError `input` naming every file in the way, before anything is written; `io` where the folder cannot be used
 */
export async function installDropIns({ folder, bin }: InstallInput, approve: Approval<InstallPlan>): Promise<InstallResult> {
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
  await writing(folder, async () => {
    await mkdir(folder, { recursive: true });
    for (const { name, path } of open) await writeProgram(path, texts.get(name) ?? '');
  });
  return { plan, isWritten: true };
}

function programText(program: string): string {
  return `#!/bin/sh\n${mark}\nexec '${program.replaceAll("'", "'\\''")}' "$@"\n`;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'latin1');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    // What cannot be read, a folder or somebody else's file, is not ours.
    return '';
  }
}

/** Under another name first, so that nobody who runs the program meanwhile finds half of it. */
async function writeProgram(path: string, text: string): Promise<void> {
  const draft = `${path}.kafkit-new`;
  try {
    await writeFile(draft, text);
    await chmod(draft, 0o755);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writing(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError('io', `cannot write to ${folder}: ${reason}`, { cause: error });
  }
}
