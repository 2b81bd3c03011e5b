import type { QuotaEntityType } from '../../client/client-quotas.js';

/** What the broker calls the types of entities that have quotas. */
export const quotaTypes = { users: 'user', clients: 'client-id', ips: 'ip' } as const satisfies Record<string, QuotaEntityType>;

/** An entity type that has quotas. */
export type QuotaType = keyof typeof quotaTypes;

const userQuotas: ReadonlySet<string> = new Set([
  'producer_byte_rate',
  'consumer_byte_rate',
  'request_percentage',
  'controller_mutation_rate',
]);

/** Whether a key is a quota of users and clients. */
export function isUserQuota(key: string): boolean {
  return userQuotas.has(key);
}

/** Whether a key is a quota of addresses. */
export function isIpQuota(key: string): boolean {
  return key === 'connection_creation_rate';
}

/** Whether a key names a SCRAM mechanism. */
export function isScram(key: string): key is 'SCRAM-SHA-256' | 'SCRAM-SHA-512' {
  return key === 'SCRAM-SHA-256' || key === 'SCRAM-SHA-512';
}
