import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** One program run from start to exit. */
export interface Measurement {
  /** Wall seconds. */
  readonly seconds: number;
  /** Processor seconds, user and system, in hundredths, where the kernel says. */
  readonly cpuSeconds: number | undefined;
  /** Peak resident memory in MiB (VmHWM), where the kernel says. */
  readonly peakMiB: number | undefined;
}

export interface Run {
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly stdout?: string;
  readonly timeoutMs?: number;
}

/**
 * Runs a program with its standard streams on files and measures the whole process.
 *
 * @throws Error when it exits with anything but 0, or does not end in time
 */
export async function measure({ argv, stdin, stdout, timeoutMs = 300_000 }: Run): Promise<Measurement> {
  const [file, ...args] = argv;
  if (file === undefined) throw new Error('nothing to run');
  const input = openSync(stdin ?? '/dev/null', 'r');
  const output = openSync(stdout ?? '/dev/null', 'w');
  const environment = { ...process.env };
  // A CA bundle adds about 28 ms to every Node process and nothing to the others.
  delete environment['NODE_EXTRA_CA_CERTS'];
  const cpuBefore = cpuOfEnded();
  const began = process.hrtime.bigint();
  const child = spawn(file, args, { stdio: [input, output, 'pipe'], env: environment });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-2000)));
  let peakKiB: number | undefined;
  const poll = setInterval(() => (peakKiB = peakOf(child.pid) ?? peakKiB), 20);
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (exitCode) => resolve(exitCode));
    });
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    if (code !== 0) throw new Error(`${argv.join(' ')} exited with ${code}:\n${stderr}`);
    const cpuAfter = cpuOfEnded();
    const cpuSeconds = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
    return { seconds, cpuSeconds, peakMiB: peakKiB === undefined ? undefined : peakKiB / 1024 };
  } finally {
    clearInterval(poll);
    clearTimeout(timer);
    closeSync(input);
    closeSync(output);
  }
}

// Of every Linux that Node runs on, whatever its kernel counts in.
const ticksPerSecond = 100;

/** Processor seconds of all the programs that have ended, here one after the other: Node tells of itself alone. */
function cpuOfEnded(): number | undefined {
  try {
    const text = readFileSync('/proc/self/stat', 'utf8');
    // Behind the name, which may hold anything: cutime and cstime are the fields 16 and 17.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
  } catch {
    return undefined;
  }
}

function peakOf(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match?.[1] === undefined ? undefined : Number(match[1]);
  } catch {
    // The process ended between two looks, or there is no /proc here.
    return undefined;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
