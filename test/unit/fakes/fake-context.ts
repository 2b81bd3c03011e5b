import type { Cluster } from '../../../src/client/cluster.js';
import type { Context } from '../../../src/operations/context.js';

/** A context over a cluster, that keeps what the operation said. */
export interface FakeContext extends Context {
  readonly warnings: string[];
  readonly notices: string[];
  readonly progressed: string[];
}

/** Builds the context of one test; the clock stands still at `now`. */
export function fakeContext(cluster: Cluster, options: { signal?: AbortSignal; now?: number } = {}): FakeContext {
  const warnings: string[] = [];
  const notices: string[] = [];
  const progressed: string[] = [];
  return {
    connect: () => Promise.resolve(cluster),
    signal: options.signal ?? new AbortController().signal,
    now: () => options.now ?? Date.UTC(2026, 10, 21),
    notice: (message) => void notices.push(message),
    warn: (message) => void warnings.push(message),
    progress: (message) => void progressed.push(message),
    warnings,
    notices,
    progressed,
  };
}
