import type { Pace } from '../../../../src/client/pace.js';

/** A clock that jumps ahead by whatever somebody wants to sleep, so that no test waits. */
export class FakePace implements Pace {
  private time = 0;
  /** Called at each sleep. */
  onSleep: (ms: number) => void = () => {};

  now(): number {
    return this.time;
  }

  random(): number {
    return 0.5;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.onSleep(ms);
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted !== true) this.time += Math.max(0, ms);
  }
}
