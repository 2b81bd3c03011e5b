import { CliError } from '../core/errors.js';
import type { Session } from './session.js';
import type { Approval } from '../operations/context.js';
import type { Report } from '../output/report.js';

/** The options of every command that changes something. */
export interface ChangeOptions {
  yes?: boolean;
  dryRun?: boolean;
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
    await showPlan(session, view(plan));
    if (ask === 'never' || options.yes === true) return true;
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      throw new CliError('usage', 'this command changes the cluster, and there is no terminal to ask on', {
        hint: 'add --yes to apply the change, or --dry-run to see what it would do',
      });
    }
    await confirm(session.context.signal);
    return true;
  };
}

async function showPlan(session: Session, plan: Report): Promise<void> {
  if (session.options.quiet === true) return;
  const { renderReport } = await import('../output/render.js');
  const { stdout, stderr } = await renderReport(plan, 'table', () => session.theme(process.stderr));
  await session.settleNotices();
  process.stderr.write(stdout + stderr);
}

/** @throws CliError `declined` for a no, `aborted` for Ctrl-C and for a run that ended while the question stood */
async function confirm(signal: AbortSignal): Promise<void> {
  const { default: inquirer } = await import('inquirer');
  // Asked on stderr: stdout may be a file or a pipe.
  const ask = inquirer.createPromptModule({ output: process.stderr, signal });
  let answer: { apply: boolean };
  try {
    answer = await ask([{ type: 'confirm', name: 'apply', message: 'Apply this change?', default: false }]);
  } catch (cause) {
    throw new CliError('aborted', 'interrupted at the prompt; nothing was changed', { cause });
  }
  if (!answer.apply) throw new CliError('declined', 'declined; nothing was changed');
}
