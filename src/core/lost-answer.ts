import type { CliError, ErrorCode } from './errors.js';

const lost: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['connection', 'timeout', 'aborted']);

/** What to call a change whose request ended in an error: `unknown` where it may have been sent and no answer came, else `failed`. */
export function statusAfter(error: CliError): 'unknown' | 'failed' {
  return lost.has(error.code) && error.sent !== false ? 'unknown' : 'failed';
}
