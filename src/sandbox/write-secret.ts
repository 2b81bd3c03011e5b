import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const { O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants;

/** Writes a file that only this user can read. A link in its place is refused: whoever put it there chose where the secret would go. */
export async function writeSecret(path: string, text: string): Promise<void> {
  // Windows knows no such flag, and no such links.
  const handle = await open(path, O_WRONLY | O_CREAT | O_TRUNC | ((O_NOFOLLOW as number | undefined) ?? 0), 0o600);
  try {
    await handle.chmod(0o600); // the mode above counts for new files only
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}
