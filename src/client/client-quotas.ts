import { AlterClientQuotas } from '../protocol/messages/alter-client-quotas.js';
import { DescribeClientQuotas } from '../protocol/messages/describe-client-quotas.js';
import { brokerError } from './broker-error.js';
import type { Cluster, Limits } from './cluster.js';

/** Whom a quota can be for. A quota of a user and a client id holds for that client of that user. */
export type QuotaEntityType = 'user' | 'client-id' | 'ip';

/** One part of whom a quota is for; `null` is the default of its type. */
export interface QuotaEntityPart {
  /** A {@link QuotaEntityType}, or one that a newer broker has. */
  readonly type: string;
  readonly name: string | null;
}

/** Whom a quota is for, and its values by key. */
export interface ClientQuota {
  readonly entity: readonly QuotaEntityPart[];
  readonly values: readonly { readonly key: string; readonly value: number }[];
}

/** What one part of the entity has to be: of this name, the default of its type, or anybody who has a quota of that type. */
export interface QuotaFilterPart {
  readonly type: QuotaEntityType;
  readonly match: { readonly kind: 'name'; readonly name: string } | { readonly kind: 'default' | 'any' };
}

const matchTypes = { name: 0, default: 1, any: 2 } as const;

/** The quotas of entities that have exactly the parts asked for (KIP-546), in the order of the broker. */
export async function describeClientQuotas(
  cluster: Cluster,
  filter: readonly QuotaFilterPart[],
  limits: Limits = {},
): Promise<readonly ClientQuota[]> {
  const components = filter.map(({ type, match }) => ({
    entityType: type,
    matchType: matchTypes[match.kind],
    match: match.kind === 'name' ? match.name : null,
  }));
  const answer = await cluster.request(DescribeClientQuotas, { components, strict: true }, limits);
  if (answer.errorCode !== 0) throw brokerError(answer.errorCode, answer.errorMessage, 'cannot read client quotas');
  return (answer.entries ?? []).map(({ entity, values }) => ({ entity: entity.map(partOf), values }));
}

function partOf({ entityType, entityName }: { entityType: string; entityName: string | null }): QuotaEntityPart {
  return { type: entityType, name: entityName };
}

/** One change to a quota; without a value it is removed. */
export interface QuotaChange {
  readonly key: string;
  readonly value: number | undefined;
}

/**
 * Changes the quotas of one entity: all of the changes or none (KIP-546).
 *
 * @throws BrokerError with the broker's reason
 */
export async function alterClientQuotas(
  cluster: Cluster,
  entity: readonly QuotaEntityPart[],
  changes: readonly QuotaChange[],
  { validateOnly = false, ...limits }: Limits & { readonly validateOnly?: boolean } = {},
): Promise<void> {
  const entry = {
    entity: entity.map(({ type, name }) => ({ entityType: type, entityName: name })),
    ops: changes.map(({ key, value }) => ({ key, value: value ?? 0, remove: value === undefined })),
  };
  const answer = await cluster.request(AlterClientQuotas, { entries: [entry], validateOnly }, limits);
  for (const { errorCode, errorMessage } of answer.entries) {
    if (errorCode !== 0) throw brokerError(errorCode, errorMessage, 'cannot change client quotas');
  }
}
