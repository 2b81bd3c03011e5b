/**
 * What kind of failure a {@link CliError} is. Exit codes and hints derive from it, never from message text.
 *
 * `usage`, `config`: the caller must change the command or a file (exit 2). `check`: a check ran and the answer is no
 * (exit 3). Everything else is a failure of the work itself (exit 1).
 */
export type ErrorCode =
  | 'usage'
  | 'config'
  | 'check'
  | 'connection'
  | 'authentication'
  | 'authorization'
  | 'timeout'
  | 'broker'
  | 'not-found'
  | 'unsupported'
  | 'input'
  | 'io'
  | 'protocol'
  | 'declined'
  | 'aborted'
  | 'partial';

export interface CliErrorOptions {
  /** What to do next, best with a command to run. */
  hint?: string | undefined;
  /** Which cluster it was about, as a line for people. */
  place?: string | undefined;
  /** What had been done by then, as the last line for people. */
  account?: string | undefined;
  cause?: unknown;
  /** False where the request that failed was never written, so that nothing can have come of it; unset where that is not known. */
  sent?: boolean | undefined;
}

/** An expected failure with a message for the user: what failed, with the name involved, lower case, no full stop. */
export class CliError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly place: string | undefined;
  readonly account: string | undefined;
  /** See {@link CliErrorOptions.sent}. */
  readonly sent: boolean | undefined;

  constructor(code: ErrorCode, message: string, options: CliErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CliError';
    this.code = code;
    this.hint = options.hint;
    this.place = options.place;
    this.account = options.account;
    this.sent = options.sent;
  }
}
