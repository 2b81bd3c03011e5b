import type { Session } from './session.js';

/** What a TIME may be, for the help texts. */
export const timeHelp = `A TIME is ISO 8601 (2026-11-21T08:00:00Z, 2026-11-21; UTC unless it names a zone), a time ago (-1h, '2h ago'), now, @SECONDS
since 1970 (@1795951423, as of date +%s), or 13 digits of milliseconds.`;

/** Times of a command line by the options that they were given to. */
export type GivenTimes = Readonly<Record<string, string | undefined>>;

/**
 * Tells on stderr how times were read, in the same words for all commands: which zone was meant where none is named, that the
 * moment is still to come, and to people which moment it is where the text does not say.
 *
 * @param isShown what the command prints says which moment it is
 * @throws CliError `usage` for what is no time
 */
export async function tellTimes(session: Session, now: number, times: GivenTimes, isShown = false): Promise<void> {
  const given = Object.entries(times).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (given.length === 0) return;
  const { describeTime } = await import('../core/offset-targets/parse-time.js');
  for (const [option, text] of given) {
    const { zone, resolved, future } = describeTime(text, now, option);
    const isWanted = !isShown && (session.options.verbose === true || process.stderr.isTTY);
    const lines = [zone, isWanted ? resolved : undefined, future];
    for (const line of lines) if (line !== undefined) session.notice(line);
  }
}
