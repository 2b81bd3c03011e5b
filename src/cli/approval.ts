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
  // Declared as one that only reads, a command would not say where it changed something.
  if (session.changes === undefined) throw new Error('a command that changes something must be declared with changeCommand()');
  const changed = session.changes === 'cluster' ? 'the cluster' : session.changes;
  return async (plan) => {
    if (options.dryRun === true) return false;
    const isAsking = ask === 'always' && options.yes !== true;
    // Nobody can answer for a plan that was not shown.
    if (isAsking || session.options.quiet !== true) await showPlan(session, view(plan));
    if (!isAsking) return true;
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      throw new CliError('usage', `this command changes ${changed}, and there is no terminal to ask on`, {
        hint: 'add --yes to apply the change, or --dry-run to see what it would do',
      });
    }
    await confirm(session);
    return true;
  };
}

async function showPlan(session: Session, bare: Report): Promise<void> {
  const { renderPlan } = await import('../output/render.js');
  const plan = await session.withCluster(bare);
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
  const place = await session.place();
  const { escapeControls } = await import('../core/terminal-safe.js');
  // The cluster's id is text from a broker.
  const message = place === undefined ? 'Apply this change?' : `Apply this change to ${escapeControls(place)}?`;
  let answer: { apply: boolean };
  try {
    answer = await ask([{ type: 'confirm', name: 'apply', message, default: false }]);
  } catch (cause) {
    if (closed.signal.aborted) throw new CliError('declined', 'no answer was given; nothing was changed', { cause });
    throw new CliError('aborted', 'interrupted at the prompt; nothing was changed', { cause });
  } finally {
    process.stdin.off('keypress', onKey);
  }
  if (!answer.apply) throw new CliError('declined', 'declined; nothing was changed');
}
