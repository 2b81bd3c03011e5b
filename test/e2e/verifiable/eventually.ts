import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 90_000;
const stepMs = 50;

/** Waits until something holds; fails with what was waited for. */
export async function eventually(holds: () => boolean | Promise<boolean>, describe: () => string): Promise<void> {
  for (const end = performance.now() + patienceMs; !(await holds()); await sleep(stepMs)) {
    if (performance.now() > end) throw new Error(`waited in vain for ${describe()}`);
  }
}
