import { CliError } from '../core/errors.js';
import type { ChangeKind } from './change-kind.js';
import { startDeadline } from './deadline.js';
import type { GlobalOptions } from './global-options.js';
import type { Handler, Invocation } from './handler.js';
import { Session } from './session.js';

/** What the command line gave. */
type Given = Pick<Invocation, 'args' | 'program'> & { readonly options: GlobalOptions; readonly changes: ChangeKind | undefined };

/**
 * Runs a handler in a session of its own and prints its report. An interrupted run ends with the signal's exit code; a run
 * past `--timeout` prints what the handler could still say and fails.
 */
export async function runCommand(handler: Handler<never>, given: Given): Promise<void> {
  const { args, options, program, changes } = given;
  const deadline = options.timeout === undefined ? undefined : await startDeadline(options.timeout);
  const session = new Session(options, deadline, changes);
  let failure: unknown;
  try {
    // Each handler declares the options of its own command; the registry of commands cannot know them.
    const work = handler({ args, options: options as never, program, session, ctx: session.context });
    const report = await (deadline === undefined ? work : Promise.race([work, deadline.expired]));
    if (report !== undefined) await session.print(report);
  } catch (error) {
    if (!session.context.signal.aborted || !isAbort(error)) failure = error;
  }
  const isSilent = failure === undefined && session.interruptedWith === undefined;
  if (deadline?.signal.aborted === true && (isSilent || failure === deadline.error)) {
    const { abortError } = await import('../client/connection-error.js');
    failure = abortError(deadline.signal, session.waitedForAtDeadline);
  }
  if (failure === undefined) await session.tellAccount();
  await session.close();
  if (failure !== undefined) throw await session.withPlace(failure);
  if (session.interruptedWith !== undefined) process.exitCode = session.interruptedWith;
}

function isAbort(error: unknown): boolean {
  if (error instanceof CliError) return error.code === 'aborted';
  return error instanceof Error && error.name === 'AbortError';
}
