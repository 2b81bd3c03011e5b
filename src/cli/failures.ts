import type { CliError } from '../core/errors.js';
import { describeError } from './exit.js';

/** Where failures are told: stderr, whatever `--quiet` says. */
interface Teller {
  readonly options: { readonly debug?: boolean };
  failure(line: string): void;
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
