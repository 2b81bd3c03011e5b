import { CliError } from '../../core/errors.js';

/** Where records are printed. The fronts build one for standard output; tests collect the bytes. */
export interface ByteSink {
  /**
   * Writes all the bytes and resolves when they may be overwritten and more can be taken: `true`, or `false` once nobody reads
   * any more (`| head`), which is no failure.
   *
   * @throws WriteError when the bytes cannot be written
   */
  write(bytes: Uint8Array): Promise<boolean>;
  /**
   * Calls `gone` once nobody can read any more, also while nothing is written; the function that it returns ends that. Absent
   * where only writing tells.
   */
  watchReader?(gone: () => void): () => void;
}

/** A write that failed, perhaps in the middle: the first `written` bytes are where they belong. */
export class WriteError extends CliError {
  readonly written: number;

  constructor(message: string, { written, cause }: { readonly written: number; readonly cause: unknown }) {
    super('io', message, { cause });
    this.name = 'WriteError';
    this.written = written;
  }
}
