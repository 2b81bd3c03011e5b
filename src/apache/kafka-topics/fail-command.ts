import { clientFailure } from '../java/client-failure.js';
import { formatTrace } from '../java/java-error.js';
import { formatLogLine } from '../java/log-line.js';
import type { ToolOutcome, ToolRun } from '../tool.js';
import type { Action } from './options.js';

/** A failure of the command itself: its message on stdout, its trace as a line of the log on stderr. */
export function failCommand(run: ToolRun, error: unknown, action: Action): ToolOutcome {
  const thrown = clientFailure(error, action === 'create' ? 'createTopics' : 'listTopics');
  run.out(`Error while executing topic command : ${thrown.message}\n`);
  run.err(formatLogLine('ERROR', formatTrace(thrown), 'org.apache.kafka.tools.TopicCommand', new Date()));
  return { exit: 1 };
}
