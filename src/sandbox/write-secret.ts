import { chmod, writeFile } from 'node:fs/promises';

/** Writes a file that only this user can read. */
export async function writeSecret(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
  await chmod(path, 0o600); // the mode above counts for new files only
}
