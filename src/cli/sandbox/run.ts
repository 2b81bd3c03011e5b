import type { Handler } from '../handler.js';
import { clusterOptions, type ClusterFlags } from './cluster-options.js';

/** `sandbox run`: the command's exit code is ours. */
export const runHandler: Handler<ClusterFlags> = async ({ args: [words], options, ctx, session }) => {
  const [command = '', ...args] = words as string[]; // declared as <command...>
  const { runWithSandbox } = await import('../../sandbox/run-with-sandbox.js');
  const code = await runWithSandbox({
    ...clusterOptions(options),
    command,
    args,
    onProgress: (message) => ctx.progress(message),
    onReady: () => void session.settleNotices(),
    signal: ctx.signal,
    sharesTerminal: process.stdin.isTTY,
  });
  process.exitCode = code;
  return undefined;
};
