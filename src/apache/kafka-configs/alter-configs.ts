import { BrokerError } from '../../client/broker-error.js';
import type { ConfigChange } from '../../client/configs.js';
import { CliError } from '../../core/errors.js';
import type { Context } from '../../operations/context.js';
import { JavaError, executionException } from '../java/java-error.js';
import { clientFailure } from '../java/client-failure.js';
import { resourceTypes } from './describe-resources.js';
import type { EntityType } from './entities.js';
import type { GivenChanges } from './parse-changes.js';
import { invalidConfiguration, outOfReach } from './refusal.js';

const unsupportedText =
  'The INCREMENTAL_ALTER_CONFIGS API is not supported by the cluster. The API is supported starting from version 2.3.0. You may want to use an older version of this tool to interact with your cluster, or upgrade your brokers to version 2.3.0 or newer to avoid this error.';
const brokerTimeoutMs = 30_000;

/** `--alter` of topics, brokers, loggers, client metrics and groups. */
export async function alterResourceConfigs(
  context: Context,
  type: Extract<EntityType, keyof typeof resourceTypes>,
  name: string,
  { added, deleted }: GivenChanges,
): Promise<void> {
  if (type === 'broker-loggers') await checkLoggers(context, name, [...deleted, ...added.keys()]);
  const changes: ConfigChange[] = [
    ...[...added].map(([key, value]) => ({ name: key, operation: 'set' as const, value })),
    ...deleted.map((key) => ({ name: key, operation: 'delete' as const, value: '' })),
  ];
  const { alterResource } = await import('../../operations/configs/alter-resource.js');
  const input = { type: resourceTypes[type], name, changes, timeoutMs: brokerTimeoutMs };
  await alterResource(context, input).catch((error: unknown) => {
    const failure = brokerFailure(error, 'incrementalAlterConfigs');
    if (!failure.javaClass.endsWith('.UnsupportedVersionException')) throw executionException(failure);
    throw new JavaError(failure.javaClass, unsupportedText, failure);
  });
}

/** A broker that is not there is waited for in Kafka's client, until its time is over. */
function brokerFailure(error: unknown, call: string): JavaError {
  // What a broker says of a topic that is not there is another matter.
  const isUnknown = error instanceof CliError && !(error instanceof BrokerError) && error.code === 'not-found';
  if (!isUnknown) return clientFailure(error, call);
  const text = `Timed out waiting for a node assignment. Call: ${call}`;
  return new JavaError('org.apache.kafka.common.errors.TimeoutException', text);
}

async function checkLoggers(context: Context, name: string, loggers: readonly string[]): Promise<void> {
  const { describeResources } = await import('../../operations/configs/describe-resources.js');
  const query = { type: 'broker-logger', name, mustExist: false } as const;
  const described = await describeResources(context, query).catch((error: unknown) => {
    throw outOfReach(error) ?? executionException(clientFailure(error, 'describeConfigs'));
  });
  const [found] = described ?? [];
  if (found?.error !== undefined) throw executionException(clientFailure(found.error, 'describeConfigs'));
  const known = new Set(found?.entries.map((entry) => entry.name));
  const unknown = loggers.filter((logger) => !known.has(logger));
  if (unknown.length > 0) throw invalidConfiguration(`Invalid broker logger(s): ${unknown.join(',')}`);
}
