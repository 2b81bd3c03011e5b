import { awaitMetadata } from '../../client/queries/await-topics.js';
import { createPartitions } from '../../client/topics.js';
import type { TopicsCommand } from './command.js';
import { parseReplicaAssignment } from './replica-assignment.js';
import { requireTopic, selectTopics } from './select-topics.js';
import { settle } from './settle.js';

/** `--alter`: raises the number of partitions of every topic that the expression matches. */
export async function alterTopics(command: TopicsCommand): Promise<void> {
  const { options, context } = command;
  const count = options.integer('partitions') ?? 0; // required, so it is there
  options.integer('replication-factor'); // read, and a wrong number noticed, though it is not used
  const assignment = parseReplicaAssignment(options.text('replica-assignment') ?? '');
  const topics = await selectTopics(command);
  requireTopic(topics, command);
  if (topics.length === 0) return;
  const cluster = await context.connect();
  const increases = topics.map(({ name, partitions }) => ({
    name,
    count,
    // Those of the partitions that exist must be named as well, and are skipped.
    assignment: assignment === undefined ? undefined : assignment.slice(partitions.length),
  }));
  const results = await createPartitions(cluster, increases);
  const failure = results.find(({ error }) => error !== undefined);
  if (failure?.error !== undefined) throw failure.error;
  const names = topics.map(({ name }) => name);
  await settle(command, (limits) =>
    awaitMetadata(
      cluster,
      names,
      ({ partitions }) => partitions.length >= count && partitions.every(({ leader }) => leader !== undefined),
      limits,
    ),
  );
}
