import type { Interrupts } from '../terminal/interrupts.js';

/** One run of a drop-in name. */
export interface ToolRun {
  /** The words after the name. */
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Writes text to stdout, where a reader that went away is no error. */
  out(text: string): void;
  /** Writes text to stderr. */
  err(text: string): void;
  /** Signals, and a stdout that nobody reads. */
  readonly interrupts: Interrupts;
}

/** How a run ended. */
export interface ToolOutcome {
  /** The exit code of Kafka's own tool. */
  readonly exit: number;
  /** Something failed although Kafka's tool exits with 0; `--strict-exit-codes` makes that 1. */
  readonly failed?: boolean;
}

/** A drop-in name: options to operations, results to the text of Kafka's tool. */
export type Tool = (run: ToolRun) => Promise<ToolOutcome>;
