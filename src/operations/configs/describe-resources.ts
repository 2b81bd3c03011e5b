import { listConfigResources } from '../../client/config-resources.js';
import { describeConfigs, type ResourceConfigs, type ResourceType } from '../../client/configs.js';
import type { Cluster } from '../../client/cluster.js';
import { listGroups } from '../../client/groups/list-groups.js';
import { describeTopics, listTopics } from '../../client/metadata.js';
import { CliError } from '../../core/errors.js';
import { errorCode } from '../../protocol/errors.js';
import type { Context } from '../context.js';

/** Whose configs to read. */
export interface DescribeResourcesInput {
  readonly type: ResourceType;
  /** Absent for all of the type; for brokers that is each of them and then, under the empty name, what is set for all. */
  readonly name?: string | undefined;
  /** Whether to look first if the one named is there; brokers answer for groups and client metrics that are not. */
  readonly mustExist: boolean;
}

/**
 * Reads the configs of resources with their synonyms, each with its own error; undefined where the one named does not exist.
 *
 * @throws CliError where a list of resources cannot be read
 */
export async function describeResources(
  context: Context,
  { type, name, mustExist }: DescribeResourcesInput,
): Promise<readonly ResourceConfigs[] | undefined> {
  const cluster = await context.connect();
  if (name !== undefined && mustExist && !(await exists(cluster, type, name))) return undefined;
  const names = name === undefined ? await namesOf(cluster, type) : [name];
  if (names.length === 0) return [];
  const resources = names.map((each) => ({ type, name: each }));
  return describeConfigs(cluster, resources, { synonyms: true });
}

async function namesOf(cluster: Cluster, type: ResourceType): Promise<readonly string[]> {
  switch (type) {
    case 'topic':
      return (await listTopics(cluster)).map(({ name }) => name);
    case 'broker':
    case 'broker-logger':
      return [...(await cluster.brokers()).map(({ id }) => String(id)), ''];
    case 'client-metrics':
      return listConfigResources(cluster, 'client-metrics');
    case 'group':
      return [...new Set([...(await groupNames(cluster)), ...((await configuredGroups(cluster)) ?? [])])];
  }
}

// A list of topics leaves out what must not be seen, and so is a name among them not found.
const unseen: ReadonlySet<number> = new Set([errorCode.UNKNOWN_TOPIC_OR_PARTITION, errorCode.TOPIC_AUTHORIZATION_FAILED]);

async function exists(cluster: Cluster, type: ResourceType, name: string): Promise<boolean> {
  switch (type) {
    case 'topic': {
      const [topic] = await describeTopics(cluster, [name]);
      return topic !== undefined && !unseen.has(topic.errorCode);
    }
    case 'broker':
    case 'broker-logger':
      return name === '' || (await cluster.brokers()).some(({ id }) => String(id) === name);
    case 'client-metrics':
      return (await listConfigResources(cluster, 'client-metrics')).includes(name);
    case 'group':
      // Brokers that cannot list groups by their configs may have some for it all the same.
      return (await groupNames(cluster)).includes(name) || ((await configuredGroups(cluster))?.includes(name) ?? true);
  }
}

async function groupNames(cluster: Cluster): Promise<readonly string[]> {
  const { groups, failures } = await listGroups(cluster);
  const [failure] = failures;
  if (failure !== undefined) throw failure.error;
  return groups.map(({ groupId }) => groupId);
}

async function configuredGroups(cluster: Cluster): Promise<readonly string[] | undefined> {
  try {
    return await listConfigResources(cluster, 'group');
  } catch (error) {
    if (error instanceof CliError && (error.code === 'unsupported' || error.code === 'authorization')) return undefined;
    throw error;
  }
}
