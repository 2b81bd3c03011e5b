import type { Cluster } from '../../client/cluster.js';
import { listTopics } from '../../client/metadata.js';
import type { TopicMetadata } from '../../client/topic-metadata.js';
import { isInternalTopic, parseIncludeList } from '../include-list.js';
import { illegalArgument } from '../java/illegal-argument.js';
import type { TopicsCommand } from './command.js';

/** The topics that `--topic` picks of all topics, sorted by name; all where it is absent. */
export async function selectTopics({ options, context }: TopicsCommand): Promise<readonly TopicMetadata[]> {
  const cluster = await context.connect();
  const all = await readTopics(cluster, options.has('exclude-internal'));
  const expression = options.text('topic');
  return expression === undefined ? all : all.filter(({ name }) => parseIncludeList(expression)(name));
}

/** Every topic, by both definitions of "internal" without internal ones where so asked. */
export async function readTopics(cluster: Cluster, excludeInternal: boolean): Promise<readonly TopicMetadata[]> {
  const topics = await listTopics(cluster);
  return excludeInternal ? topics.filter(({ name, internal }) => !internal && !isInternalTopic(name)) : topics;
}

/**
 * What the tool does where `--topic` picks nothing.
 *
 * @throws JavaError unless nothing was asked for by name, or `--if-exists` allows it
 */
export function requireTopic(found: readonly unknown[], { options }: TopicsCommand): void {
  const topic = options.text('topic');
  if (found.length > 0 || topic === undefined || topic === '' || options.has('if-exists')) return;
  throw illegalArgument(`Topic '${topic}' does not exist as expected`);
}
