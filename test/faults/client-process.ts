import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isolatedEnv } from '../e2e/fixture/run-kafkit.js';
import { startProcess, type ProcessOutcome, type RunningProcess } from '../e2e/fixture/run-process.js';

const bin = path.resolve(import.meta.dirname, '../../bin');
const sampleMs = 200;

/** One of our programs under test, with its peak memory. */
export class ClientProcess {
  readonly running: RunningProcess;
  /** Highest resident memory seen, in MiB. */
  peakMiB = 0;
  private ended: ProcessOutcome | undefined;

  private constructor(running: RunningProcess) {
    this.running = running;
    const timer = setInterval(() => (this.peakMiB = Math.max(this.peakMiB, peakOf(running.pid))), sampleMs);
    const done = (outcome?: ProcessOutcome): void => {
      clearInterval(timer);
      this.ended = outcome;
    };
    running.outcome.then(done, () => done());
  }

  /** Starts `bin/NAME` with a home of its own; its standard input stays open. */
  static async start(name: string, args: readonly string[], timeoutMs: number): Promise<ClientProcess> {
    const home = await mkdtemp(path.join(tmpdir(), 'kafkit-fault-'));
    const env = { ...isolatedEnv(home) };
    const running = startProcess(process.execPath, [path.join(bin, name), ...args], { keepStdinOpen: true, env, timeoutMs });
    running.outcome.finally(() => rm(home, { recursive: true, force: true })).catch(() => {}); // told by `outcome` itself
    return new ClientProcess(running);
  }

  get isRunning(): boolean {
    return this.ended === undefined;
  }

  /** How it ended; rejects when it hung. */
  get outcome(): Promise<ProcessOutcome> {
    return this.running.outcome;
  }

  interrupt(signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): void {
    this.running.kill(signal);
  }
}

function peakOf(pid: number): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(found?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has ended
  }
}

/** Runs one of our programs to its end. */
export async function runClient(name: string, args: readonly string[], timeoutMs: number): Promise<ProcessOutcome> {
  const client = await ClientProcess.start(name, args, timeoutMs);
  client.running.stdin.end();
  return client.outcome;
}
