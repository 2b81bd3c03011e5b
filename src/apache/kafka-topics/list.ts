import type { TopicsCommand } from './command.js';
import { selectTopics } from './select-topics.js';

/** `--list`: the names; an empty line where there is none. */
export async function listTopics(command: TopicsCommand): Promise<void> {
  const topics = await selectTopics(command);
  command.run.out(`${topics.map(({ name }) => name).join('\n')}\n`);
}
