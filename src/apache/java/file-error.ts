import { JavaError } from './java-error.js';

/** What Java's `Files` throws where a file cannot be read; an error that is no file's is handed back. */
export function fileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return new JavaError('java.nio.file.NoSuchFileException', path);
  if (code === 'EACCES') return new JavaError('java.nio.file.AccessDeniedException', path);
  if (code === 'EISDIR') return new JavaError('java.io.IOException', 'Is a directory');
  return error;
}
