/** Where records are printed. The fronts build one for standard output; tests collect the bytes. */
export interface ByteSink {
  /**
   * Writes all the bytes and resolves when they may be overwritten and more can be taken: `true`, or `false` once nobody reads
   * any more (`| head`), which is no failure.
   *
   * @throws CliError `io` when the bytes cannot be written
   */
  write(bytes: Uint8Array): Promise<boolean>;
}
