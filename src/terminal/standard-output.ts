import { fstatSync, write } from 'node:fs';
import { promisify } from 'node:util';
import { CliError } from '../core/errors.js';
import type { ByteSink } from '../operations/console/byte-sink.js';

const writeTo = promisify(write);
const stdoutDescriptor = 1;

/**
 * Standard output for records. Files are written through the thread pool, so that formatting goes on meanwhile; pipes and
 * terminals through the event loop, so that a reader who takes nothing never keeps an interrupt from being heard.
 */
export function standardOutput(): ByteSink {
  return goesThroughEventLoop() ? { write: writeStream } : { write: writeFile };
}

function goesThroughEventLoop(): boolean {
  const status = fstatSync(stdoutDescriptor);
  return process.stdout.isTTY || status.isFIFO() || status.isSocket();
}

async function writeFile(bytes: Uint8Array): Promise<boolean> {
  try {
    for (let start = 0; start < bytes.length;) {
      const { bytesWritten } = await writeTo(stdoutDescriptor, bytes, start, bytes.length - start, null);
      start += bytesWritten;
    }
    return true;
  } catch (error) {
    return closedOr(error);
  }
}

async function writeStream(bytes: Uint8Array): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(bytes, (error) => (error == null ? resolve() : reject(error)));
    });
    return true;
  } catch (error) {
    return closedOr(error);
  }
}

function closedOr(error: unknown): false {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return false;
  throw new CliError('io', `cannot write to standard output: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}
