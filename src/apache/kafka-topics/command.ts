import type { ToolContext } from '../connect-tool.js';
import type { OptionSet } from '../jopt/option-set.js';
import type { ToolRun } from '../tool.js';

/** One run of `kafka-topics` whose options go together. */
export interface TopicsCommand {
  readonly run: ToolRun;
  readonly options: OptionSet;
  readonly context: ToolContext;
}
