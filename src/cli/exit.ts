import { CliError, type ErrorCode } from '../core/errors.js';

/** Exit codes of every kafkit command; part of the public interface. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, check: 3, interrupted: 130, terminated: 143 } as const;

const codeOfError: Partial<Record<ErrorCode, number>> = {
  usage: exitCodes.usage,
  config: exitCodes.usage,
  check: exitCodes.check,
  aborted: exitCodes.interrupted,
};

/** The exit code for anything thrown by a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return codeOfError[error.code] ?? exitCodes.failed;
  return exitCodes.failed;
}

/** The lines that tell a user what failed and what to do next; a stack trace only with `debug`. */
export function describeError(error: unknown, debug: boolean): string[] {
  const lines = error instanceof CliError ? describeExpected(error) : describeBug(error);
  if (debug) lines.push(...stackOf(error));
  return lines;
}

function describeExpected(error: CliError): string[] {
  const lines = error.message.split('\n');
  const [first = '', ...rest] = lines;
  const { hint, place, account } = error;
  const after = [hint === undefined ? undefined : `hint: ${hint}`, place, account];
  return [`error: ${first}`, ...rest, ...after.filter((line) => line !== undefined)];
}

function describeBug(error: unknown): string[] {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return [
    `error: unexpected failure, which is a bug in kafkit: ${text}`,
    'hint: run the command again with --debug and report what it prints',
  ];
}

function stackOf(error: unknown): string[] {
  const lines: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause) {
    // Each frame is a line of its own: who prints lines shows a line break within one as an escape.
    lines.push(...`${lines.length === 0 ? '' : 'caused by '}${current.stack ?? String(current)}`.split('\n'));
  }
  return lines;
}
