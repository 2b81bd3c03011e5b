import { type ArgumentSpec, textualName } from './argument-spec.js';

/** A command line that the parser, or the tool behind it, refuses; shown under the usage, exit 1. */
export class ArgumentError extends Error {
  /** The word that was not recognised; near names are shown for it. */
  readonly unrecognized: string | undefined;

  constructor(message: string, { argument, unrecognized }: { argument?: ArgumentSpec; unrecognized?: string } = {}) {
    super(argument === undefined ? message : `argument ${textualName(argument)}: ${message}`);
    this.name = 'ArgumentError';
    this.unrecognized = unrecognized;
  }
}
