import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { every } from '../timers/timers.js';

const stdoutDescriptor = 1;
const askEveryMs = 500;
const nothing = Buffer.alloc(0);

/**
 * Calls `gone` once nobody can read standard output any more, also while nothing is written: a pipe without a reader, a
 * connection or a terminal that was closed. Files always can be read. Keeps no process alive.
 *
 * @returns a function that ends the watch
 */
export function watchOutputReader(gone: () => void): () => void {
  const status = fstatSync(stdoutDescriptor);
  if (status.isFIFO()) return watchPipe(gone);
  return status.isSocket() || process.stdout.isTTY ? askAgainAndAgain(gone) : () => undefined;
}

/** Writing nothing to a socket or a terminal fails once the other side is closed; to a pipe it never does. */
function askAgainAndAgain(gone: () => void): () => void {
  const look = (): void => {
    if (canWrite()) return;
    timer.cancel();
    gone();
  };
  const timer = every(askEveryMs, look, { background: true });
  return () => timer.cancel();
}

function canWrite(): boolean {
  try {
    writeSync(stdoutDescriptor, nothing);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
  }
}

interface StreamHandle {
  open(descriptor: number): number;
  close(): void;
}

/** Node's stream over a descriptor; the one for TCP is the only one that polls whatever it is given for being readable. */
interface TcpWrap {
  readonly TCP: new (type: number) => StreamHandle;
  readonly constants: { readonly SOCKET: number };
}

/**
 * The system reports an error on the writing end of a pipe when its last reader goes, to whoever polls it. Node does not poll
 * what it only writes to, so a second descriptor of the pipe is given to it as something to be read. Where that cannot be had
 * (another user's pipe, a Node without the means), the next write tells.
 */
function watchPipe(gone: () => void): () => void {
  const socket = openPolled();
  if (socket === undefined) return () => undefined;
  const startedAt = performance.now();
  const stop = (): void => void socket.destroy();
  socket.on('error', () => {
    // A system that cannot poll this end says so at once; that tells nothing of the reader.
    if (process.platform === 'linux' || performance.now() - startedAt > askEveryMs) gone();
  });
  socket.unref();
  return stop;
}

function openPolled(): Socket | undefined {
  let descriptor: number | undefined;
  try {
    // Opened, not duplicated, so that its not blocking is its own.
    descriptor = openSync(`/dev/fd/${stdoutDescriptor}`, constants.O_WRONLY | constants.O_NONBLOCK);
    // Absent from node's types; `net` makes such a handle only for what the system calls a TCP socket.
    const { TCP, constants: kinds } = (process as unknown as { binding(name: 'tcp_wrap'): TcpWrap }).binding('tcp_wrap');
    const handle = new TCP(kinds.SOCKET);
    if (handle.open(descriptor) !== 0) throw new Error('the pipe cannot be polled');
    // The types of node know no `handle`.
    return new Socket({ handle, readable: true, writable: false } as ConstructorParameters<typeof Socket>[0]);
  } catch {
    if (descriptor !== undefined) closeSync(descriptor);
    return undefined;
  }
}
