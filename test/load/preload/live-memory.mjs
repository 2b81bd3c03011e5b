// Says what a program really holds: its memory after a collection, in bytes, as a line on descriptor 3 every LOAD_SAMPLE_MS.
import { writeSync } from 'node:fs';
import { memoryUsage } from 'node:process';
import { setInterval } from 'node:timers';

setInterval(() => {
  globalThis.gc();
  const { heapUsed, external } = memoryUsage();
  writeSync(3, `${heapUsed + external}\n`);
}, Number(process.env.LOAD_SAMPLE_MS)).unref();
