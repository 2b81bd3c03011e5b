/** Where records are read from. The fronts build one for standard input and one for each file; tests build them from bytes. */
export interface ByteSource {
  /** How messages name it; `undefined` where there is only one, so that its lines need no name in front. */
  readonly name: string | undefined;
  /**
   * The bytes in order, once. A chunk is the reader's only until it asks for the next one. Ends early, without an error, when
   * `signal` is aborted.
   *
   * @throws CliError `io` when it cannot be read
   */
  chunks(signal: AbortSignal): AsyncIterable<Buffer>;
}
