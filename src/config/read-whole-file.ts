import { fstatSync, readFileSync } from 'node:fs';
import { descriptorOf } from '../core/descriptor-name.js';

/** Descriptors of this process that were read to their end: a pipe has nothing more to give. */
const readDescriptors = new Set<number>();

/**
 * All bytes of a file, a pipe, a process substitution or `/dev/stdin`: the one way in which settings, offset files and stores are
 * read. Whoever needs the content twice keeps it.
 *
 * @throws Error of node, with its `code`; with the code `EREADTWICE` for a pipe that was read before
 */
export function readWholeFile(path: string): Buffer {
  const descriptor = descriptorOf(path);
  if (descriptor === undefined || isPlainFile(descriptor)) return readFileSync(path);
  if (readDescriptors.has(descriptor)) throw Object.assign(new Error(`${path} was read before`), { code: 'EREADTWICE' });
  readDescriptors.add(descriptor);
  try {
    return readFileSync(path);
  } catch (error) {
    // A socket, which is what a program's standard input often is under another program, cannot be opened by its name.
    if (error instanceof Error && 'code' in error && error.code === 'ENXIO') return readFileSync(descriptor);
    throw error;
  }
}

function isPlainFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    // Reading it says what is wrong with it.
    return true;
  }
}
