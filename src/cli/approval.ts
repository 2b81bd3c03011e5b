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
    const mayAsk = process.stdin.isTTY && process.stderr.isTTY;
    if (ask === 'always' && options.yes !== true && !mayAsk) {
      throw new CliError('usage', 'this command changes the cluster and nobody can be asked here', {
        hint: 'add --yes to apply the change, or --dry-run to see the plan',
      });
    }
    await showPlan(session, view(plan));
    if (ask === 'always' && options.yes !== true) await confirm(session);
    return true;
  };
}

async function showPlan(session: Session, plan: Report): Promise<void> {
  if (session.options.quiet === true) return;
  const { renderReport } = await import('../output/render.js');
  const { stdout, stderr } = await renderReport(plan, 'table', () => session.theme(process.stderr));
  process.stderr.write(stdout + stderr);
}

async function confirm(session: Session): Promise<void> {
  const { default: inquirer } = await import('inquirer');
  // Asked on stderr: stdout may be a file or a pipe.
  const prompt = inquirer.createPromptModule({ output: process.stderr });
  const { apply } = await prompt<{ apply: boolean }>(
    [{ type: 'confirm', name: 'apply', message: 'Apply this change?', default: false }],
    undefined,
  ).catch((error: unknown) => {
    throw new CliError('aborted', 'interrupted at the prompt; nothing was changed', { cause: error });
  });
  if (session.context.signal.aborted) throw new CliError('aborted', 'interrupted; nothing was changed');
  if (!apply) throw new CliError('declined', 'declined; nothing was changed');
}
