import { CliError, type CliErrorOptions } from '../core/errors.js';

/** How often in a row an answer may be unreadable before that is the error: enough for a bad line, soon over for a bad disk. */
export const unreadableAttempts = 8;

/**
 * An answer that cannot be what a broker meant to send: it does not decode, belongs to no request, or carries records that are
 * broken. Nothing of it was used. Its bytes may have been changed on their way, so that asking again can help.
 */
export class UnreadableAnswer extends CliError {
  /** Who sent it: `host:port` or `broker 1`. */
  readonly source: string;

  constructor(message: string, options: CliErrorOptions & { source: string }) {
    super('protocol', message, options);
    this.name = 'UnreadableAnswer';
    this.source = options.source;
  }

  /** The same failure, after it met every one of `attempts` requests. */
  lasting(attempts: number): CliError {
    const hint =
      this.hint ??
      'something between here and the broker may change what passes, or the other side is no broker that kafkit understands: see --debug';
    return new CliError('protocol', `${this.message} (asked ${attempts} times)`, { hint, cause: this });
  }
}
