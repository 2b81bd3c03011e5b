import { startCluster } from '../../src/sandbox/start-cluster.js';

/** A fresh single broker for one benchmark run, gone afterwards whatever happens. */
export async function withBenchSandbox(work: (sandbox: { bootstrap: string; libs: string }) => Promise<void>): Promise<void> {
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort(name));
  const cluster = await startCluster({ signal: interrupted.signal, onProgress: (message) => console.error(message) });
  try {
    await work({ bootstrap: cluster.bootstrap, libs: cluster.kafka.libs });
  } finally {
    await cluster.stop();
  }
}
