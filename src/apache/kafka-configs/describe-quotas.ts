import type { ClientQuota, QuotaEntityType, QuotaFilterPart } from '../../client/client-quotas.js';
import type { ScramUser } from '../../client/scram-users.js';
import type { Context } from '../../operations/context.js';
import { clientFailure } from '../java/client-failure.js';
import { formatDouble } from '../java/double.js';
import { javaHashOrder } from '../java/hash-order.js';
import { executionException } from '../java/java-error.js';
import type { ToolRun } from '../tool.js';
import { type QuotaType, quotaTypes } from './quota-entities.js';
import { inQuotaOrder } from './quota-order.js';
import { illegalArgument } from './refusal.js';

/** Types and names of entities, paired in order; a type without a name stands for all of them. */
export interface QuotaEntities {
  readonly types: readonly QuotaType[];
  readonly names: readonly string[];
}

/** `--describe` of users, clients and ips: a line for each entity with quotas, and for users one for their SCRAM credentials. */
export async function describeQuotaConfigs(context: Context, run: ToolRun, { types, names }: QuotaEntities): Promise<void> {
  const { describeQuotas } = await import('../../operations/configs/describe-quotas.js');
  const quotas = await describeQuotas(context, filterOf({ types, names })).catch((error: unknown) => {
    throw executionException(clientFailure(error, 'describeClientQuotas'));
  });
  run.out(inQuotaOrder(quotas).map(formatQuota).join(''));
  if (types.includes('ips') || types.includes('clients') || names.includes('')) return;
  const { describeScram } = await import('../../operations/configs/describe-scram.js');
  const users = await describeScram(context, names).catch((error: unknown) => {
    throw executionException(clientFailure(error, 'describeUserScramCredentials'));
  });
  run.out(users.map(formatScram).join(''));
}

function filterOf({ types, names }: QuotaEntities): QuotaFilterPart[] {
  if (names.length > types.length) throw illegalArgument('More entity names specified than entity types');
  return types.map((type, at) => {
    const name = names[at];
    if (name === undefined) return { type: quotaTypes[type], match: { kind: 'any' } };
    return { type: quotaTypes[type], match: name === '' ? { kind: 'default' } : { kind: 'name', name } };
  });
}

const partNames: readonly (readonly [QuotaEntityType, string])[] = [
  ['user', 'user-principal'],
  ['client-id', 'client-id'],
  ['ip', 'ip'],
];

function formatQuota({ entity, values }: ClientQuota): string {
  const parts = partNames.flatMap(([type, word]) => {
    const part = entity.find((candidate) => candidate.type === type);
    if (part === undefined) return [];
    return [part.name === null ? `the default ${word}` : `${word} '${part.name}'`];
  });
  const byKey = new Map(values.map(({ key, value }) => [key, `${key}=${formatDouble(value)}`]));
  // Java makes the table for as many quotas as there are.
  const texts = javaHashOrder(byKey.keys(), values.length).map((key) => byKey.get(key));
  return `Quota configs for ${parts.join(', ')} are ${texts.join(', ')}\n`;
}

function formatScram({ user, credentials, error }: ScramUser): string {
  if (error === undefined) {
    const texts = credentials.map(({ mechanism, iterations }) => `${mechanism}=iterations=${iterations}`);
    return `SCRAM credential configs for user-principal '${user}' are ${texts.join(', ')}\n`;
  }
  const { javaClass, message } = executionException(clientFailure(error, 'describeUserScramCredentials'));
  const shortName = javaClass.slice(javaClass.lastIndexOf('.') + 1);
  return `Error retrieving SCRAM credential configs for user-principal '${user}': ${shortName}: ${message}\n`;
}
