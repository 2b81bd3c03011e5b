import { CliError } from '../core/errors.js';
import type { Session } from './session.js';
import type { Approval } from '../operations/context.js';
import type { Report } from '../output/report.js';

/** The options of every command that changes something. */
export interface ChangeOptions {
  yes?: boolean;
  dryRun?: boolean;
  /** What is changed. Default: the cluster. */
  changing?: string;
}

/**
 * How a front shows a plan and asks. The plan goes to stderr, so that stdout holds only the report; a dry run shows nothing
 * here, because its plan is the report.
 *
 * @param ask `always`: a change that takes something away or cannot be undone. `never`: an additive one, applied once shown.
 */
export function approval<P>(
  session: Session,
  options: ChangeOptions,
  ask: 'always' | 'never',
  view: (plan: P) => Report,
): Approval<P> {
  return async (plan) => {
    if (options.dryRun === true) return false;
    const isAsking = ask === 'always' && options.yes !== true;
    // Nobody can answer for a plan that was not shown.
    if (isAsking || session.options.quiet !== true) await showPlan(session, view(plan));
    if (!isAsking) return true;
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      throw new CliError('usage', `this command changes ${options.changing ?? 'the cluster'}, and there is no terminal to ask on`, {
        hint: 'add --yes to apply the change, or --dry-run to see what it would do',
      });
    }
    await confirm(session);
    return true;
  };
}

async function showPlan(session: Session, plan: Report): Promise<void> {
  const { renderPlan } = await import('../output/render.js');
  const columns = process.stderr.isTTY ? process.stderr.columns : 0;
  const { stdout, stderr } = await renderPlan(plan, await session.theme(process.stderr), columns);
  await session.settleNotices();
  process.stderr.write(stdout + stderr);
}

/** @throws CliError `declined` for a no and for Ctrl-D, `aborted` for Ctrl-C and for a run that ended while the question stood */
async function confirm(session: Session): Promise<void> {
  const { default: inquirer } = await import('inquirer');
  await session.settleNotices();
  const closed = new AbortController();
  // inquirer passes over Ctrl-D, after which no key would reach it any more.
  const onKey = (_text: unknown, key: { ctrl?: boolean; name?: string } | undefined): void => {
    if (key?.ctrl === true && key.name === 'd') closed.abort();
  };
  process.stdin.on('keypress', onKey);
  // Asked on stderr: stdout may be a file or a pipe.
  const ask = inquirer.createPromptModule({
    output: process.stderr,
    signal: AbortSignal.any([session.context.signal, closed.signal]),
  });
  let answer: { apply: boolean };
  try {
    answer = await ask([{ type: 'confirm', name: 'apply', message: 'Apply this change?', default: false }]);
  } catch (cause) {
    if (closed.signal.aborted) throw new CliError('declined', 'no answer was given; nothing was changed', { cause });
    throw new CliError('aborted', 'interrupted at the prompt; nothing was changed', { cause });
  } finally {
    process.stdin.off('keypress', onKey);
  }
  if (!answer.apply) throw new CliError('declined', 'declined; nothing was changed');
}
