const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead nowhere',
  ENXIO: 'nothing is at its other end',
  EREADTWICE: 'it was read for something else already, and gives its content only once',
  ENOTSUP: 'it cannot be read',
};

/** Why the operating system refused a file, in words, without the file's name: what stands in its place may be a secret. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = reasons[code];
  if (known !== undefined) return known;
  // Node repeats the path, and the arguments of a call that it refuses itself.
  return /^E[A-Z0-9]+$/.test(code) ? code : 'it is no usable path';
}
