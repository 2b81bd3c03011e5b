import type { ConfigEntry, ConfigSource, ResourceConfigs, ResourceType } from '../../client/configs.js';
import type { Context } from '../../operations/context.js';
import { executionException } from '../java/java-error.js';
import { javaHashOrder } from '../java/hash-order.js';
import { invalidTopicName } from '../java/topic-name.js';
import type { ToolRun } from '../tool.js';
import { type EntityType, singular } from './entities.js';
import { invalidConfiguration, outOfReach } from './refusal.js';

/** The types of entities whose configs are those of a resource. */
export const resourceTypes = {
  topics: 'topic',
  brokers: 'broker',
  'broker-loggers': 'broker-logger',
  'client-metrics': 'client-metrics',
  groups: 'group',
} as const satisfies Partial<Record<EntityType, ResourceType>>;

const sourceNames: Readonly<Record<ConfigSource, string>> = {
  unknown: 'UNKNOWN',
  topic: 'DYNAMIC_TOPIC_CONFIG',
  broker: 'DYNAMIC_BROKER_CONFIG',
  'broker-default': 'DYNAMIC_DEFAULT_BROKER_CONFIG',
  'static-broker': 'STATIC_BROKER_CONFIG',
  default: 'DEFAULT_CONFIG',
  'broker-logger': 'DYNAMIC_BROKER_LOGGER_CONFIG',
  'client-metrics': 'DYNAMIC_CLIENT_METRICS_CONFIG',
  group: 'DYNAMIC_GROUP_CONFIG',
};

/** Which entities to describe. */
export interface DescribeInput {
  readonly type: keyof typeof resourceTypes;
  /** Absent for all of the type. */
  readonly name: string | undefined;
  /** Also what is not set on the entity itself. */
  readonly all: boolean;
}

/** `--describe` of topics, brokers, loggers, client metrics and groups: one line for each config, under a header for each entity. */
export async function describeResourceConfigs(context: Context, run: ToolRun, input: DescribeInput): Promise<void> {
  const { type, name, all } = input;
  const problem = type === 'topics' && name !== undefined ? invalidTopicName(name) : undefined;
  if (name !== undefined && problem !== undefined && !(all && name === '')) {
    if (all) run.out(formatHeader(type, name, all));
    throw invalidConfiguration(problem);
  }
  const { describeResources } = await import('../../operations/configs/describe-resources.js');
  const { clientFailure } = await import('../java/client-failure.js');
  const found = await describeResources(context, { type: resourceTypes[type], name, mustExist: !all }).catch((error: unknown) => {
    const failure = clientFailure(error, callOf(input));
    if (name === undefined || !all) throw executionException(failure);
    run.out(formatHeader(type, name, all));
    throw outOfReach(error) ?? executionException(failure);
  });
  if (found === undefined) {
    run.out(`The ${singular(type)} '${name}' doesn't exist and doesn't have dynamic config.\n`);
    return;
  }
  for (const resource of inOrder(found, type)) {
    run.out(formatHeader(type, resource.name, all));
    if (resource.error !== undefined) throw executionException(clientFailure(resource.error, 'describeConfigs'));
    run.out(
      resource.entries
        .filter((entry) => all || isOwn(entry, resource))
        .map(formatEntry)
        .join(''),
    );
  }
}

/** The call that Kafka's tool would be at when nobody answers. */
function callOf({ type, name, all }: DescribeInput): string {
  if (name !== undefined && all) return 'describeConfigs';
  if (type === 'topics') return 'listTopics';
  if (type === 'client-metrics') return 'listConfigResources';
  return type === 'groups' ? 'findAllBrokers' : 'listNodes';
}

function inOrder(found: readonly ResourceConfigs[], type: EntityType): readonly ResourceConfigs[] {
  if (type !== 'topics') return found;
  const byName = new Map(found.map((resource) => [resource.name, resource]));
  return javaHashOrder(byName.keys()).flatMap((name) => byName.get(name) ?? []);
}

function formatHeader(type: EntityType, name: string, all: boolean): string {
  if (name === '') return `Default configs for ${type} in the cluster are:\n`;
  return `${all ? 'All' : 'Dynamic'} configs for ${singular(type)} ${name} are:\n`;
}

/** Set on the entity itself; loggers have nothing else. */
function isOwn({ source }: ConfigEntry, { type, name }: ResourceConfigs): boolean {
  if (type === 'broker-logger') return true;
  return source === (type === 'broker' && name === '' ? 'broker-default' : type);
}

function formatEntry({ name, value, sensitive, synonyms }: ConfigEntry): string {
  const others = synonyms.map((synonym) => `${sourceNames[synonym.source]}:${synonym.name}=${synonym.value}`);
  return `  ${name}=${value} sensitive=${sensitive} synonyms={${others.join(', ')}}\n`;
}
