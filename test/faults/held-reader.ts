import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isolatedEnv } from '../e2e/fixture/run-kafkit.js';
import { binFolder } from './client-process.js';
import { PeakMemory } from './peak-memory.js';
import type { World } from './world.js';

/** How a {@link HeldReader} ended. */
export interface HeldOutcome {
  readonly code: number | null;
  readonly stderr: string;
  readonly peakMiB: number;
}

/** `kafkit` printing to an output that takes nothing until told to, or that is always full. */
export class HeldReader {
  private readonly child: ChildProcess;
  private readonly memory: PeakMemory;
  private readonly chunks: Buffer[] = [];
  private readonly end: Promise<number | null>;
  private stderr = '';
  private taken = 0;

  constructor(world: World, args: readonly string[], output: 'pipe' | 'full' = 'pipe') {
    const command = [path.join(binFolder, 'kafkit.js'), ...args, ...world.connection];
    const full = output === 'full' ? openSync('/dev/full', 'w') : undefined;
    const child = spawn(process.execPath, command, {
      env: { ...isolatedEnv(world.cluster.dir), ...world.clientEnv },
      stdio: ['ignore', full ?? 'pipe', 'pipe'],
    });
    if (full !== undefined) closeSync(full);
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += String(chunk)));
    this.memory = new PeakMemory(child.pid ?? -1);
    this.end = new Promise((resolve) => child.on('exit', resolve));
    this.child = child;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What was taken of its output. */
  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }

  /** Takes everything from now on, waiting so long after each chunk; ends at the end of the output, or past `limit` bytes. */
  async take({ pauseMs = 0, limit = Infinity }: { pauseMs?: number; limit?: number } = {}): Promise<void> {
    for await (const chunk of this.child.stdout ?? []) {
      this.chunks.push(chunk as Buffer); // no encoding was set
      this.taken += (chunk as Buffer).length;
      if (this.taken >= limit) return;
      if (pauseMs > 0) await sleep(pauseMs);
    }
  }

  /** Takes nothing any more, for good. */
  close(): void {
    this.child.stdout?.destroy();
  }

  interrupt(): void {
    this.child.kill('SIGINT');
  }

  /**
   * How it ended.
   *
   * @throws Error where that takes it longer than `milliseconds`; it is killed then
   */
  async endWithin(milliseconds: number): Promise<HeldOutcome> {
    const late = setTimeout(() => this.child.kill('SIGKILL'), milliseconds);
    const code = await this.end;
    clearTimeout(late);
    this.memory.stop();
    if (this.child.signalCode === 'SIGKILL') throw new Error(`it did not end within ${milliseconds} ms: ${this.stderr}`);
    return { code, stderr: this.stderr, peakMiB: this.memory.mib };
  }
}
