import { fstatSync, write } from 'node:fs';
import { promisify } from 'node:util';
import { type ByteSink, WriteError } from '../operations/console/byte-sink.js';
import { watchOutputReader } from './output-reader.js';

const writeTo = promisify(write);
const stdoutDescriptor = 1;

/**
 * Standard output for records. Files are written through the thread pool, so that formatting goes on meanwhile; pipes and
 * terminals through the event loop, so that a reader who takes nothing never keeps an interrupt from being heard.
 */
export function standardOutput(): ByteSink {
  return goesThroughEventLoop() ? { write: writeStream, watchReader: watchOutputReader } : { write: writeFile };
}

function goesThroughEventLoop(): boolean {
  const status = fstatSync(stdoutDescriptor);
  return process.stdout.isTTY || status.isFIFO() || status.isSocket();
}

async function writeFile(bytes: Uint8Array): Promise<boolean> {
  let start = 0;
  try {
    while (start < bytes.length) {
      const { bytesWritten } = await writeTo(stdoutDescriptor, bytes, start, bytes.length - start, null);
      start += bytesWritten;
    }
    return true;
  } catch (error) {
    return closedOr(error, start);
  }
}

async function writeStream(bytes: Uint8Array): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(bytes, (error) => (error == null ? resolve() : reject(error)));
    });
    return true;
  } catch (error) {
    // What of it the system had taken is not told.
    return closedOr(error, 0);
  }
}

function closedOr(error: unknown, written: number): false {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_STREAM_DESTROYED') return false;
  const reason = error instanceof Error ? error.message : String(error);
  throw new WriteError(`cannot write to standard output: ${reason}`, { written, cause: error });
}
