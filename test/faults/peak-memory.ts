import { readFileSync } from 'node:fs';

const sampleMs = 200;

/** Watches a process until told to stop; `onSample` is called each time, some five times a second. */
export class PeakMemory {
  /** Highest resident memory seen, in MiB. */
  mib = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(pid: number, onSample: () => void = () => {}) {
    this.timer = setInterval(() => {
      this.mib = Math.max(this.mib, peakOf(pid));
      onSample();
    }, sampleMs);
  }

  stop(): void {
    clearInterval(this.timer);
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
