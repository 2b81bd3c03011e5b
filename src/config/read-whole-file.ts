import { readFileSync } from 'node:fs';

const descriptorName = /^\/(?:dev\/stdin|(?:dev|proc\/self)\/fd\/(\d+))$/;

/**
 * All bytes of a file, a pipe, a process substitution or `/dev/stdin`. What is not a plain file can be read only once in a run, so
 * whoever needs its content twice must keep it.
 *
 * @throws Error of node, with its `code`
 */
export function readWholeFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const descriptor = descriptorOf(path);
    // A socket, which is what a program's standard input often is under another program, cannot be opened by its name.
    const isSocket = error instanceof Error && 'code' in error && error.code === 'ENXIO';
    if (!isSocket || descriptor === undefined) throw error;
    return readFileSync(descriptor);
  }
}

/** The descriptor that a path of the kind `/dev/fd/3` stands for; undefined for all others. */
function descriptorOf(path: string): number | undefined {
  const match = descriptorName.exec(path);
  return match === null ? undefined : Number(match[1] ?? 0);
}

/** Whether a path is another name of standard input. */
export function isStandardInput(path: string): boolean {
  return descriptorOf(path) === 0;
}
