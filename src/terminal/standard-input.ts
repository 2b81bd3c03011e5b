import { fstatSync, read } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { descriptorOf } from '../core/descriptor-name.js';
import { CliError } from '../core/errors.js';
import type { ByteSource } from '../operations/console/byte-source.js';

const chunkSize = 1024 * 1024;
const readFrom = promisify(read);

/** Standard input; `prompt` asks for each line, by default with `>` on stderr where that and standard input are terminals. */
export function standardInput({ prompt }: { readonly prompt: (() => void) | undefined } = { prompt: ownPrompt() }): ByteSource {
  return {
    name: undefined,
    async *chunks(signal) {
      try {
        // Of anything but these Node's own stream may be an empty one, as of a folder.
        const kind = fstatSync(0);
        if (isatty(0) || kind.isFIFO() || kind.isSocket()) yield* readStream(process.stdin, signal, prompt);
        else yield* readFile(0, signal);
      } catch (error) {
        throw await unreadable('standard input', error);
      }
    },
  };
}

function ownPrompt(): (() => void) | undefined {
  return process.stdin.isTTY && process.stderr.isTTY ? () => void process.stderr.write('>') : undefined;
}

/** A file, or a named pipe. */
export function fileInput(path: string, isOnly: boolean): ByteSource {
  return {
    name: isOnly ? undefined : path,
    async *chunks(signal) {
      try {
        const file = await openInput(path);
        if (typeof file === 'number') {
          yield* readStream(new Socket({ fd: file, readable: true }), signal, undefined);
          return;
        }
        if ((await file.stat()).isFIFO()) {
          // The socket closes the descriptor; reads through the file system could not be given up.
          yield* readStream(new Socket({ fd: file.fd, readable: true }), signal, undefined);
          return;
        }
        try {
          yield* readFile(file.fd, signal);
        } finally {
          await file.close();
        }
      } catch (error) {
        throw await unreadable(path, error);
      }
    },
  };
}

/** The open file; its descriptor where the path is another name of a socket, which cannot be opened by it. */
async function openInput(path: string): Promise<FileHandle | number> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const descriptor = error instanceof Error && 'code' in error && error.code === 'ENXIO' ? descriptorOf(path) : undefined;
    if (descriptor === undefined) throw error;
    return descriptor;
  }
}

/** Reads ahead: while one buffer is used, the other is filled. */
async function* readFile(descriptor: number, signal: AbortSignal): AsyncGenerator<Buffer, void> {
  let current = Buffer.allocUnsafeSlow(chunkSize);
  let next = Buffer.allocUnsafeSlow(chunkSize);
  const fill = (buffer: Buffer): Promise<number> =>
    readFrom(descriptor, buffer, 0, chunkSize, null).then(({ bytesRead }) => bytesRead);
  let reading = fill(current);
  try {
    for (;;) {
      const length = await reading;
      if (length === 0 || signal.aborted) return;
      reading = fill(next);
      yield current.subarray(0, length);
      [current, next] = [next, current];
    }
  } finally {
    // The descriptor must not be closed under a read.
    await reading.catch(() => 0);
  }
}

async function* readStream(stream: Readable, signal: AbortSignal, prompt: (() => void) | undefined): AsyncGenerator<Buffer, void> {
  const stop = (): void => void stream.destroy();
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) return;
    prompt?.();
    for await (const chunk of stream) {
      yield chunk as Buffer; // no encoding is set, so chunks are buffers
      prompt?.();
    }
  } catch (error) {
    // What destroying the stream ends with.
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    stream.destroy();
  }
}

async function unreadable(name: string, error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !('code' in error) || error instanceof CliError) return error;
  const { systemReason } = await import('../core/system-reason.js');
  return new CliError('io', `cannot read ${name}: ${systemReason(error)}`, { cause: error });
}
