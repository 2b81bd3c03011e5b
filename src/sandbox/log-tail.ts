import { open } from 'node:fs/promises';

const tailBytes = 256 * 1024;

/** The last lines of a file, without the multi-line dump of settings that every broker prints; empty when there is no file. */
export async function tailOfLog(path: string, lines: number): Promise<string[]> {
  const text = await lastBytes(path);
  return text
    .split('\n')
    .filter((line) => line !== '' && !/^\t[\w.]+ = /.test(line))
    .slice(-lines);
}

async function lastBytes(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - tailBytes);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return '';
  }
}
