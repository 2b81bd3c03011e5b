import type { CliError } from '../core/errors.js';
import { errorCode } from '../protocol/errors.js';
import type { RequestBody, ResponseBody } from '../protocol/message.js';
import { DescribeConfigs } from '../protocol/messages/describe-configs.js';
import { IncrementalAlterConfigs } from '../protocol/messages/incremental-alter-configs.js';
import { brokerError, type BrokerError } from './broker-error.js';
import type { Cluster, Limits } from './cluster.js';
import { lostAnswer } from './lost-answers.js';

const resourceTypes = { topic: 2, broker: 4, 'broker-logger': 8, 'client-metrics': 16, group: 32 } as const;
/** What can have configs. */
export type ResourceType = keyof typeof resourceTypes;

/** One thing that has configs. A broker or its loggers go by node id as text; the empty broker name stands for all brokers. */
export interface ConfigResource {
  readonly type: ResourceType;
  readonly name: string;
}

const sources = [
  'unknown',
  'topic',
  'broker',
  'broker-default',
  'static-broker',
  'default',
  'broker-logger',
  'client-metrics',
  'group',
] as const;
/** Where a value comes from: set on the topic, on one broker, for all brokers, in a broker's file, or built in. */
export type ConfigSource = (typeof sources)[number];

const valueTypes = ['unknown', 'boolean', 'string', 'int', 'short', 'long', 'double', 'list', 'class', 'password'] as const;
/** How Kafka reads a value. */
export type ConfigValueType = (typeof valueTypes)[number];

export interface ConfigEntry {
  readonly name: string;
  /** Null where there is none, and where it is a secret. */
  readonly value: string | null;
  readonly source: ConfigSource;
  readonly readOnly: boolean;
  readonly sensitive: boolean;
  readonly type: ConfigValueType;
  readonly documentation: string | null;
  /** Where else the value is set, the winner first. */
  readonly synonyms: readonly { readonly name: string; readonly value: string | null; readonly source: ConfigSource }[];
}

/** The configs of one resource, sorted by name, or why there are none. */
export interface ResourceConfigs extends ConfigResource {
  readonly entries: readonly ConfigEntry[];
  readonly error: BrokerError | undefined;
}

export interface DescribeConfigsOptions extends Limits {
  readonly synonyms?: boolean;
  readonly documentation?: boolean;
  /** Only these names; all where absent. */
  readonly names?: readonly string[] | undefined;
}

/** Reads the configs of resources, those of a broker from that broker; in the order given, each with its own error. */
export async function describeConfigs(
  cluster: Cluster,
  resources: readonly ConfigResource[],
  { synonyms = false, documentation = false, names, ...limits }: DescribeConfigsOptions = {},
): Promise<readonly ResourceConfigs[]> {
  const answers = await byBroker(resources, async (group, broker) => {
    const wanted = group.map((resource) => ({ ...wireResource(resource), configurationKeys: names ?? null }));
    const body = { resources: wanted, includeSynonyms: synonyms, includeDocumentation: documentation };
    const unanswered = (asked: DescribeBody, code: number): DescribeAnswer => ({
      throttleTimeMs: 0,
      results: asked.resources.map(({ resourceType, resourceName }) => ({
        resourceType,
        resourceName,
        errorCode: code,
        errorMessage: null,
        configs: [],
      })),
    });
    const response = await cluster.request(DescribeConfigs, body, { ...limits, broker, unanswered });
    return response.results.map((result) => ({ ...result, lost: lostAnswer(response, result.resourceName) }));
  });
  return inOrder(resources, answers).map(({ resource, answer }) => ({
    ...resource,
    entries: (answer?.configs ?? []).map(entryOf).sort((left, right) => (left.name < right.name ? -1 : 1)),
    error: errorOf(answer, `cannot read the configs of ${nameOf(resource)}`),
  }));
}

type DescribeBody = RequestBody<typeof DescribeConfigs>;
type DescribeAnswer = ResponseBody<typeof DescribeConfigs>;

function entryOf(config: DescribeAnswer['results'][number]['configs'][number]): ConfigEntry {
  return {
    name: config.name,
    value: config.value,
    source: sources[config.configSource] ?? 'unknown',
    readOnly: config.readOnly,
    sensitive: config.isSensitive,
    type: valueTypes[config.configType] ?? 'unknown',
    documentation: config.documentation,
    synonyms: config.synonyms.map(({ name, value, source }) => ({ name, value, source: sources[source] ?? 'unknown' })),
  };
}

const operations = { set: 0, delete: 1, append: 2, subtract: 3 } as const;

/** One change to one config; the value is absent only for `delete`. */
export interface ConfigChange {
  readonly name: string;
  readonly operation: keyof typeof operations;
  readonly value?: string | undefined;
}

/** What became of the changes to one resource: all of them or none. */
export interface AlterResult extends ConfigResource {
  readonly error: BrokerError | undefined;
}

/** Changes single configs and leaves the others alone (KIP-339); each resource succeeds or fails on its own, in the order given. */
export async function alterConfigs(
  cluster: Cluster,
  changes: readonly (ConfigResource & { readonly changes: readonly ConfigChange[] })[],
  { validateOnly = false, ...limits }: Limits & { readonly validateOnly?: boolean } = {},
): Promise<readonly AlterResult[]> {
  const answers = await byBroker(changes, async (group, broker) => {
    const resources = group.map((resource) => ({
      ...wireResource(resource),
      configs: resource.changes.map(({ name, operation, value = null }) => ({
        name,
        configOperation: operations[operation],
        value,
      })),
    }));
    return (await cluster.request(IncrementalAlterConfigs, { resources, validateOnly }, { ...limits, broker })).responses;
  });
  return inOrder(changes, answers).map(({ resource, answer }) => ({
    type: resource.type,
    name: resource.name,
    error: errorOf(answer, `cannot change the configs of ${nameOf(resource)}`),
  }));
}

interface WireResource {
  readonly resourceType: number;
  readonly resourceName: string;
}

function wireResource({ type, name }: ConfigResource): WireResource {
  return { resourceType: resourceTypes[type], resourceName: name };
}

/** A broker's own configs and loggers are known to that broker only; everything else to any. */
async function byBroker<R extends ConfigResource, A>(
  resources: readonly R[],
  ask: (group: readonly R[], broker: number | undefined) => Promise<readonly A[]>,
): Promise<readonly A[]> {
  const groups = new Map<number | undefined, R[]>();
  for (const resource of resources) {
    const ofBroker = resource.type === 'broker' || resource.type === 'broker-logger';
    const broker = ofBroker && /^\d+$/.test(resource.name) ? Number(resource.name) : undefined;
    const group = groups.get(broker);
    if (group === undefined) groups.set(broker, [resource]);
    else group.push(resource);
  }
  return (await Promise.all([...groups].map(([broker, group]) => ask(group, broker)))).flat();
}

function inOrder<R extends ConfigResource, A extends WireResource>(
  resources: readonly R[],
  answers: readonly A[],
): { resource: R; answer: A | undefined }[] {
  const found = new Map(answers.map((answer) => [`${answer.resourceType} ${answer.resourceName}`, answer]));
  return resources.map((resource) => ({ resource, answer: found.get(`${resourceTypes[resource.type]} ${resource.name}`) }));
}

function errorOf(
  answer: { readonly errorCode: number; readonly errorMessage: string | null; readonly lost?: CliError | undefined } | undefined,
  what: string,
): BrokerError | undefined {
  if (answer === undefined) return brokerError(errorCode.UNKNOWN_SERVER_ERROR, 'the broker left it out of its answer', what);
  return answer.errorCode === 0 ? undefined : brokerError(answer.errorCode, answer.errorMessage, what, answer.lost);
}

function nameOf({ type, name }: ConfigResource): string {
  return type === 'broker' && name === '' ? 'all brokers' : `${type} '${name}'`;
}
