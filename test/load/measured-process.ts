import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** What a process held at one moment. */
export interface Sample {
  /** Since it started. */
  readonly seconds: number;
  readonly residentMiB: number;
  /** What was held after the last collection; `NaN` where that is not measured. */
  readonly liveMiB: number;
  /** Open files and sockets. */
  readonly descriptors: number;
}

export interface MeasuredOptions {
  /** A file to read; `pipe`: the caller writes. Default: nothing. */
  readonly stdin?: string | undefined;
  /** `pipe`: the caller reads. Default: kept as text. */
  readonly stdout?: 'pipe' | undefined;
  readonly sampleMs?: number | undefined;
  /** Collects garbage before each sample, to tell what is held from what only waits to be collected. */
  readonly isLive?: boolean | undefined;
  readonly timeoutMs?: number | undefined;
}

/** How a measured process ended. */
export interface MeasuredEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

const program = fileURLToPath(new URL('../../bin/kafkit.js', import.meta.url));
const liveMemory = new URL('./preload/live-memory.mjs', import.meta.url).href;
const alive = new Set<ChildProcess>();

/** The built program, with its memory and descriptors as the kernel counts them. */
export class MeasuredProcess {
  readonly samples: Sample[] = [];
  /** Resolves when it has ended, whatever its exit code; one that takes longer than it was given was killed. */
  readonly end: Promise<MeasuredEnd>;
  private readonly child: ChildProcess;
  private readonly startedAt = performance.now();
  private peakKiB = 0;
  private liveBytes = NaN;

  constructor(args: readonly string[], options: MeasuredOptions = {}) {
    const { stdin, stdout, sampleMs = 250, isLive = false, timeoutMs = 600_000 } = options;
    const input = stdin === undefined || stdin === 'pipe' ? undefined : openSync(stdin, 'r');
    const first = stdin === 'pipe' ? 'pipe' : (input ?? 'ignore');
    const { NODE_EXTRA_CA_CERTS: _, ...own } = process.env;
    const env = { ...own, LOAD_SAMPLE_MS: String(sampleMs) };
    const flags = isLive ? ['--expose-gc', '--import', liveMemory] : [];
    const live = isLive ? 'pipe' : 'ignore';
    this.child = spawn(process.execPath, [...flags, program, ...args], { stdio: [first, 'pipe', 'pipe', live], env });
    this.child.stdio[3]?.on('data', (bytes: Buffer) => (this.liveBytes = Number(bytes.toString().trimEnd().split('\n').at(-1))));
    if (input !== undefined) closeSync(input);
    alive.add(this.child);
    const texts = { stdout: '', stderr: '' };
    if (stdout === undefined) this.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (texts.stderr = (texts.stderr + text).slice(-4000)));
    this.child.stdin?.on('error', () => {}); // it may end without reading everything
    const sampler = setInterval(() => this.sample(), sampleMs);
    const peak = setInterval(() => this.readPeak(), 25);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), timeoutMs);
    this.end = new Promise((resolve) => {
      this.child.on('close', (code) => {
        for (const each of [sampler, peak, timer]) clearInterval(each);
        alive.delete(this.child);
        resolve({ code, ...texts, seconds: (performance.now() - this.startedAt) / 1000 });
      });
    });
  }

  /** Ends all that still run. */
  static killAll(): void {
    for (const child of alive) child.kill('SIGKILL');
  }

  get stdin(): Writable {
    if (this.child.stdin === null) throw new Error('it reads a file');
    return this.child.stdin;
  }

  get stdout(): Readable {
    if (this.child.stdout === null) throw new Error('stdout is always a pipe');
    return this.child.stdout;
  }

  get peakMiB(): number {
    return this.peakKiB / 1024;
  }

  interrupt(): void {
    this.child.kill('SIGINT');
  }

  private readPeak(): void {
    this.peakKiB = statusOf(this.child.pid, 'VmHWM') ?? this.peakKiB;
  }

  private sample(): void {
    const { pid } = this.child;
    const resident = statusOf(pid, 'VmRSS');
    if (resident === undefined) return;
    const seconds = (performance.now() - this.startedAt) / 1000;
    const liveMiB = this.liveBytes / 2 ** 20;
    this.samples.push({ seconds, residentMiB: resident / 1024, liveMiB, descriptors: descriptorsOf(pid) });
  }
}

function statusOf(pid: number | undefined, name: string): number | undefined {
  try {
    const match = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'));
    return match?.[1] === undefined ? undefined : Number(match[1]);
  } catch {
    return undefined; // it has ended, or there is no /proc here
  }
}

function descriptorsOf(pid: number | undefined): number {
  try {
    return readdirSync(`/proc/${pid ?? 0}/fd`).length;
  } catch {
    return 0;
  }
}
