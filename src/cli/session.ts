import { CliError } from '../core/errors.js';
import { exitCodes } from './exit.js';
import type { GlobalOptions } from './global-options.js';
import { watchInterrupts } from './interrupts.js';
import type { Handler } from './runner.js';
import type { Cluster } from '../client/cluster.js';
import type { Context } from '../operations/context.js';
import type { Report } from '../output/report.js';
import type { Theme } from '../output/theme.js';

/** One run of one command: its options, streams and cluster; closed when the command ends. */
export class Session {
  readonly options: GlobalOptions;
  private readonly interrupts = watchInterrupts();
  private cluster: Promise<Cluster> | undefined;

  constructor(options: GlobalOptions) {
    this.options = options;
  }

  /** What operations see of this run. */
  readonly context: Context = {
    connect: () => (this.cluster ??= this.openCluster()),
    signal: this.interrupts.signal,
    now: () => Date.now(),
    warn: (message) => void this.notice(`warning: ${message}`),
    progress: (message) => {
      if (this.options.verbose === true) void this.notice(message);
    },
  };

  /** Writes a line to stderr, control characters escaped; `--quiet` leaves it out. */
  async notice(line: string): Promise<void> {
    if (this.options.quiet === true) return;
    const { escapeControls } = await import('../core/terminal-safe.js');
    process.stderr.write(`${escapeControls(line)}\n`);
  }

  /** The theme for a stream. */
  async theme(stream: { isTTY?: boolean }): Promise<Theme> {
    const { createTheme, wantsColor } = await import('../output/theme.js');
    return createTheme(wantsColor(stream, process.env, this.options.color));
  }

  /** Prints a report in the format asked for and sets the exit code it carries. */
  async print(report: Report): Promise<void> {
    const { renderReport } = await import('../output/render.js');
    const { stdout, stderr } = await renderReport(report, this.options.output ?? 'table', () => this.theme(process.stdout));
    if (stderr !== '' && this.options.quiet !== true) process.stderr.write(stderr);
    if (stdout !== '') process.stdout.write(stdout);
    if (report.exitCode !== undefined) process.exitCode = report.exitCode;
  }

  private async openCluster(): Promise<Cluster> {
    const [{ loadSettings }, { openCluster }] = await Promise.all([import('../config/load.js'), import('../client/connect.js')]);
    const settings = loadSettings(this.options, process.env);
    for (const warning of settings.warnings) this.context.warn(warning);
    const debug = this.options.debug === true ? (line: string) => void process.stderr.write(`debug: ${line}\n`) : undefined;
    return openCluster(settings, { signal: this.context.signal, ...(debug && { debug }) });
  }

  async close(): Promise<void> {
    this.interrupts.stop();
    // A cluster that could not be opened has reported that already.
    await this.cluster?.then(
      (cluster) => cluster.close(),
      () => undefined,
    );
  }

  /** How the run was interrupted, if it was. */
  get interruptedBy(): NodeJS.Signals | undefined {
    return this.interrupts.received;
  }
}

/** Runs a handler in a session of its own and prints its report; an interrupted run ends with the signal's exit code. */
export async function runCommand(handler: Handler<never>, args: readonly unknown[], options: GlobalOptions): Promise<void> {
  const session = new Session(options);
  try {
    // Each handler declares the options of its own command; the registry of commands cannot know them.
    const report = await handler({ args, options: options as never, session, ctx: session.context });
    if (report !== undefined) await session.print(report);
  } catch (error) {
    if (session.interruptedBy === undefined || !isAbort(error)) throw error;
  } finally {
    await session.close();
  }
  if (session.interruptedBy !== undefined) {
    process.exitCode = session.interruptedBy === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted;
  }
}

function isAbort(error: unknown): boolean {
  if (error instanceof CliError) return error.code === 'aborted';
  return error instanceof Error && error.name === 'AbortError';
}
