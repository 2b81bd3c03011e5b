import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { sleep } from '../timers/timers.js';
import { CliError } from '../core/errors.js';

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once, with the lock file, when somebody else holds the lock. */
  readonly onWait?: ((path: string) => void) | undefined;
}

/**
 * Runs `work` while this process alone holds the lock file. A lock whose process is gone is taken over.
 *
 * @throws CliError `aborted` when the signal ends the wait
 */
export async function withFileLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const token = `${process.pid} ${randomBytes(8).toString('hex')}\n`;
  for (let isFirst = true; !(await tryLock(path, token)); isFirst = false) {
    if (isFirst) options.onWait?.(path);
    if (options.signal?.aborted === true) throw new CliError('aborted', `interrupted while waiting for ${path}`);
    await removeStaleLock(path);
    await sleep(isFirst ? 10 : 200);
  }
  try {
    return await work();
  } finally {
    if ((await readLock(path)) === token) await rm(path, { force: true });
  }
}

/** Writes the token to a name of its own and links it into place, so that a lock file is never seen empty. */
async function tryLock(path: string, token: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, token);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false; // only system calls throw here
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readLock(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

async function removeStaleLock(path: string): Promise<void> {
  const token = await readLock(path);
  if (token === undefined || isProcessAlive(Number.parseInt(token, 10))) return;
  const aside = `${path}.stale.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, aside);
    // Somebody may have taken it over between the look and the rename: then it is given back.
    if ((await readLock(aside)) !== token) await link(aside, path);
  } catch {
    // Another process was faster; the next try tells.
  } finally {
    await rm(aside, { force: true });
  }
}

/** Whether a process with this id exists, whoever owns it. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // kill() throws system errors only
  }
}
