import type { Command } from 'commander';
import type { Context } from '../operations/context.js';
import type { Report } from '../output/report.js';
import type { GlobalOptions } from './global-options.js';
import type { Session } from './session.js';

/** What a command handler gets beside the operation context. */
export interface Invocation<Options = Record<string, unknown>> {
  /** Positional words, in order; variadic ones are one array. */
  readonly args: readonly unknown[];
  /** The command's own and the global options; unset ones are absent. */
  readonly options: Options & GlobalOptions;
  readonly session: Session;
  readonly ctx: Context;
  /** The whole command line's definition, for those that describe it. */
  readonly program: Command;
}

/**
 * A command's work: options to operation input, the operation, its result to a {@link Report} that the runner prints.
 * `undefined`: everything was streamed already.
 */
export type Handler<Options = Record<string, unknown>> = (invocation: Invocation<Options>) => Promise<Report | undefined>;
