import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isolatedEnv } from '../e2e/fixture/run-kafkit.js';
import { startProcess, type ProcessOutcome, type RunningProcess } from '../e2e/fixture/run-process.js';
import { PeakMemory } from './peak-memory.js';

/** Where the programs under test are. */
export const binFolder = path.resolve(import.meta.dirname, '../../bin');

export interface ClientOptions {
  /** Past this it is killed, and counts as hung. */
  readonly timeoutMs: number;
  /** Variables on top of an environment of its own. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** One of our programs under test, with its peak memory. */
export class ClientProcess {
  private static readonly alive = new Set<ClientProcess>();
  readonly running: RunningProcess;
  private readonly memory: PeakMemory;
  private readonly silence = { bytes: 0, since: performance.now(), watchedSince: Infinity, longestMs: 0 };
  private ended: ProcessOutcome | undefined;

  private constructor(running: RunningProcess) {
    this.running = running;
    this.memory = new PeakMemory(running.pid, () => this.listen());
    ClientProcess.alive.add(this);
    const done = (outcome?: ProcessOutcome): void => {
      this.memory.stop();
      ClientProcess.alive.delete(this);
      this.ended = outcome;
    };
    running.outcome.then(done, () => done());
  }

  /** Starts `bin/NAME` with a home of its own; its standard input stays open. */
  static async start(name: string, args: readonly string[], { timeoutMs, env }: ClientOptions): Promise<ClientProcess> {
    const home = await mkdtemp(path.join(tmpdir(), 'kafkit-fault-'));
    const command = [path.join(binFolder, name), ...args];
    const running = startProcess(process.execPath, command, {
      keepStdinOpen: true,
      env: { ...isolatedEnv(home), ...env },
      timeoutMs,
    });
    running.outcome.finally(() => rm(home, { recursive: true, force: true })).catch(() => {}); // told by `outcome` itself
    return new ClientProcess(running);
  }

  /** Ends all that still run, where nobody waits for them any more. */
  static killAll(): void {
    for (const client of ClientProcess.alive) client.running.kill('SIGKILL');
  }

  get isRunning(): boolean {
    return this.ended === undefined;
  }

  /** Highest resident memory seen, in MiB. */
  get peakMiB(): number {
    return this.memory.mib;
  }

  /** How it ended; rejects when it hung. */
  get outcome(): Promise<ProcessOutcome> {
    return this.running.outcome;
  }

  interrupt(signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): void {
    this.running.kill(signal);
  }

  /**
   * How it ended, for one that was told to.
   *
   * @throws Error where that takes it longer than `milliseconds`; it is killed then
   */
  async endWithin(milliseconds: number): Promise<ProcessOutcome> {
    const late = AbortSignal.timeout(milliseconds);
    const kill = (): void => this.running.kill('SIGKILL');
    late.addEventListener('abort', kill);
    const outcome = await this.outcome.finally(() => late.removeEventListener('abort', kill));
    if (outcome.signal === 'SIGKILL') {
      throw new Error(`it did not end within ${milliseconds} ms of being told to: ${outcome.stderr.slice(-300)}`);
    }
    return outcome;
  }

  /** From now on the longest pause of its output counts. */
  watchSilence(): void {
    this.silence.watchedSince = performance.now();
  }

  /** Milliseconds of the longest pause of its output that was over before it ended. */
  get longestSilenceMs(): number {
    return this.silence.longestMs;
  }

  private listen(): void {
    const { silence } = this;
    const bytes = this.running.printedBytes();
    if (bytes === silence.bytes) return;
    const now = performance.now();
    const from = Math.max(silence.since, silence.watchedSince);
    if (from < now) silence.longestMs = Math.max(silence.longestMs, now - from);
    silence.bytes = bytes;
    silence.since = now;
  }
}

/** Runs one of our programs to its end. */
export async function runClient(name: string, args: readonly string[], options: ClientOptions): Promise<ProcessOutcome> {
  const client = await ClientProcess.start(name, args, options);
  client.running.stdin.end();
  return client.outcome;
}
