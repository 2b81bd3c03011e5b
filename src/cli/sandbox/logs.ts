import { once } from 'node:events';
import type { Handler } from '../handler.js';

interface LogFlags {
  readonly name?: string;
  readonly broker?: number;
  readonly follow?: boolean;
}

/** `sandbox logs`; lines of several brokers carry the broker's id in front. */
export const logsHandler: Handler<LogFlags> = async ({ options: { name, broker, follow }, ctx }) => {
  const [{ sandboxLogs }, { sandboxStatus }, { watchOutputReader }] = await Promise.all([
    import('../../sandbox/sandbox-logs.js'),
    import('../../sandbox/sandbox-status.js'),
    import('../../terminal/output-reader.js'),
  ]);
  const unread = new AbortController();
  const stopWatching = watchOutputReader(() => unread.abort());
  const signal = AbortSignal.any([ctx.signal, unread.signal]);
  const { brokers } = await sandboxStatus({ name });
  const isMarked = broker === undefined && brokers.length > 1;
  for await (const chunk of sandboxLogs({ name, broker, follow, signal })) {
    const text = isMarked ? chunk.text.replace(/^/gm, `${chunk.broker}| `).slice(0, -`${chunk.broker}| `.length) : chunk.text;
    if (!process.stdout.write(text)) await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]);
    if (process.stdout.destroyed) break;
  }
  stopWatching();
  return undefined;
};
