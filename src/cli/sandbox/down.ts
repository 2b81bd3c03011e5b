import type { Handler } from '../handler.js';

interface DownFlags {
  readonly name?: string;
  readonly keepData?: boolean;
}

/** `sandbox down`. */
export const downHandler: Handler<DownFlags> = async ({ options: { name, keepData }, ctx }) => {
  const { downSandbox } = await import('../../sandbox/down-sandbox.js');
  const result = await downSandbox({ name, keepData, onProgress: (message) => ctx.progress(message), signal: ctx.signal });
  const what = result.stopped.length === 0 ? 'the sandbox was not running' : 'the sandbox is down';
  const data = { removed: ' and its data removed', kept: ', its data is kept', none: '' }[result.data];
  return { document: { stopped: result.stopped, data: result.data }, tables: [], notes: [`${what}${data}`] };
};
