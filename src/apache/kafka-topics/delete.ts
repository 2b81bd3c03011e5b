import { awaitMetadata } from '../../client/queries/await-topics.js';
import { deleteTopics as sendDelete } from '../../client/topics.js';
import { errorCode as codes } from '../../protocol/errors.js';
import type { TopicsCommand } from './command.js';
import { requireTopic, selectTopics } from './select-topics.js';
import { settle } from './settle.js';

/** `--delete`: every topic that the expression matches. */
export async function deleteTopics(command: TopicsCommand): Promise<void> {
  const names = (await selectTopics(command)).map(({ name }) => name);
  requireTopic(names, command);
  if (names.length === 0) return;
  const cluster = await command.context.connect();
  const results = await sendDelete(cluster, names);
  const failure = results.find(({ error }) => error !== undefined);
  if (failure?.error !== undefined) throw failure.error;
  await settle(command, (limits) =>
    awaitMetadata(cluster, names, ({ errorCode }) => errorCode === codes.UNKNOWN_TOPIC_OR_PARTITION, limits),
  );
}
