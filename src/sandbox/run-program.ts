import { spawn } from 'node:child_process';
import { CliError } from '../core/errors.js';

export interface ProgramResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string | undefined;
  /** Ends the program with SIGKILL. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a helper program to its end, with no input, and collects what it prints.
 *
 * @throws CliError `aborted`; the system's own error (`ENOENT`, ...) when the program cannot be started
 */
export function runProgram(file: string, args: readonly string[], options: ProgramOptions = {}): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    if (options.signal?.aborted === true) {
      reject(new CliError('aborted', `interrupted before ${file} was started`));
      return;
    }
    const child = spawn(file, args, { env: options.env, cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const stop = (): void => void child.kill('SIGKILL');
    options.signal?.addEventListener('abort', stop, { once: true });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      options.signal?.removeEventListener('abort', stop);
      if (options.signal?.aborted === true) reject(new CliError('aborted', `interrupted while ${file} was running`));
      else resolve({ code, signal, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}
