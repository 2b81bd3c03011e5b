import { awaitTopics } from '../../client/queries/await-topics.js';
import { createTopics } from '../../client/topics.js';
import { illegalArgument } from '../java/illegal-argument.js';
import { JavaError } from '../java/java-error.js';
import type { TopicsCommand } from './command.js';
import { parseReplicaAssignment } from './replica-assignment.js';
import { settle } from './settle.js';
import { parseTopicConfigs } from './topic-configs.js';

const collisionWarning =
  "WARNING: Due to limitations in metric names, topics with a period ('.') or underscore ('_') could collide. To avoid issues it is best to use either, but not both.";

/** `--create`: one topic. */
export async function createTopic(command: TopicsCommand): Promise<void> {
  const { run, options, context } = command;
  const name = options.text('topic') ?? ''; // required, so it is there
  const partitions = options.integer('partitions');
  const replicationFactor = options.integer('replication-factor');
  const assignment = parseReplicaAssignment(options.text('replica-assignment') ?? '');
  const configs = parseTopicConfigs(options.values('config'));
  if (/[._]/.test(name)) run.out(`${collisionWarning}\n`);
  if (replicationFactor !== undefined && (replicationFactor < 1 || replicationFactor > 32_767)) {
    throw illegalArgument('The replication factor must be between 1 and 32767 inclusive');
  }
  if (partitions !== undefined && partitions < 1) throw illegalArgument('The partitions must be greater than 0');
  if (name === '') throw unrepresentable(name);
  const cluster = await context.connect();
  const [created] = await createTopics(cluster, [{ name, partitions, replicationFactor, assignment, configs }]);
  const error = created?.error;
  if (error?.kafkaName === 'TOPIC_ALREADY_EXISTS' && options.has('if-not-exists')) return;
  if (error !== undefined) throw error;
  run.out(`Created topic ${name}.\n`);
  await settle(command, (limits) => awaitTopics(cluster, [name], limits));
}

function unrepresentable(name: string): JavaError {
  const text = `The given topic name '${name}' cannot be represented in a request.`;
  return new JavaError('org.apache.kafka.common.errors.InvalidTopicException', text);
}
