import { open, stat, type FileHandle } from 'node:fs/promises';
import { sleep } from '../timers/timers.js';
import { CliError } from '../core/errors.js';
import { sandboxStatus } from './sandbox-status.js';
import type { SandboxChoice } from './sandbox-state.js';

export interface LogOptions extends SandboxChoice {
  /** Only this broker's; unset: all. */
  readonly broker?: number | undefined;
  /** Goes on until the signal. */
  readonly follow?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface LogChunk {
  readonly broker: number;
  /** Whole lines, each with its newline. */
  readonly text: string;
}

const chunkBytes = 256 * 1024;
const pollMs = 200;

/**
 * What the brokers of a sandbox have printed, broker by broker, and with `follow` what they go on printing.
 *
 * @throws CliError `not-found` when there is no such sandbox or broker
 */
export async function* sandboxLogs(options: LogOptions): AsyncGenerator<LogChunk> {
  const { brokers } = await sandboxStatus(options);
  const chosen = brokers.filter(({ id }) => options.broker === undefined || id === options.broker);
  if (chosen.length === 0) throw missing(options.broker, brokers.length);
  const readers = await Promise.all(chosen.map(({ id, logFile }) => openLog(id, logFile)));
  try {
    for (;;) {
      for (const reader of readers) yield* newLines(reader, options.signal);
      if (options.follow !== true || options.signal?.aborted === true) break;
      await sleep(pollMs, options.signal);
    }
    for (const { broker, rest } of readers) if (rest.length > 0) yield { broker, text: `${rest.toString()}\n` };
  } finally {
    await Promise.all(readers.map(({ file }) => file.close()));
  }
}

function missing(broker: number | undefined, count: number): CliError {
  if (broker !== undefined && count > 0) return new CliError('not-found', `the sandbox has no broker ${broker}`);
  return new CliError('not-found', 'there is no sandbox, and so no log', { hint: 'start one: kafkit sandbox up' });
}

interface LogReader {
  readonly broker: number;
  readonly path: string;
  readonly file: FileHandle;
  offset: number;
  /** The beginning of a line whose end is not there yet. */
  rest: Buffer;
}

async function openLog(broker: number, path: string): Promise<LogReader> {
  return { broker, path, file: await open(path, 'r'), offset: 0, rest: Buffer.alloc(0) };
}

async function* newLines(reader: LogReader, signal: AbortSignal | undefined): AsyncGenerator<LogChunk> {
  // As far as the log goes now: a broker that writes without end must not keep the others' lines back.
  const { size } = await stat(reader.path).catch(() => ({ size: reader.offset }));
  while (reader.offset < size && signal?.aborted !== true) {
    const { buffer, bytesRead } = await reader.file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, reader.offset);
    if (bytesRead === 0) return;
    reader.offset += bytesRead;
    const bytes = Buffer.concat([reader.rest, buffer.subarray(0, bytesRead)]);
    const end = bytes.lastIndexOf(0x0a) + 1;
    reader.rest = bytes.subarray(end);
    if (end > 0) yield { broker: reader.broker, text: bytes.toString('utf8', 0, end) };
  }
}
