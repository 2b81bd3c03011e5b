import { CliError, type ErrorCode } from '../core/errors.js';
import type { ChangeKind } from './change-kind.js';
import { describeError } from './exit.js';

/** Where failures are told: stderr, whatever `--quiet` says. */
interface Teller {
  readonly options: { readonly debug?: boolean };
  failure(line: string): void;
}

const aboutReaching: ReadonlySet<ErrorCode> = new Set(['connection', 'authentication', 'timeout']);
const aboutTheCommandLine: ReadonlySet<ErrorCode> = new Set(['usage', 'config', 'declined', 'aborted']);

/** Whether an error must say which cluster it was about: of every failed change, and of brokers that cannot be reached. */
export function tellsPlace(error: unknown, changes: ChangeKind | undefined): error is CliError {
  if (!(error instanceof CliError)) return false;
  return changes === 'cluster' ? !aboutTheCommandLine.has(error.code) : aboutReaching.has(error.code);
}

/** Says on stderr what failed, item by item; each hint only once. */
export function failureNotices(session: Teller, items: readonly { readonly error: CliError | undefined }[]): void {
  const said = new Set<string>();
  for (const { error } of items) {
    if (error === undefined) continue;
    for (const line of describeError(error, session.options.debug === true)) {
      if (said.has(line)) continue;
      said.add(line);
      session.failure(line);
    }
  }
}
