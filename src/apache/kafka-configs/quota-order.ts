import type { ClientQuota } from '../../client/client-quotas.js';
import { inHashOrder, javaHashCode } from '../java/hash-order.js';

/** Entities with quotas in the order of Kafka's client, whose table is made for as many as there are. */
export function inQuotaOrder(quotas: readonly ClientQuota[]): ClientQuota[] {
  return inHashOrder(quotas, entityHash, quotas.length);
}

/** `ClientQuotaEntity.hashCode`: that of a list whose one element is the map of types and names; the name of a default is null. */
function entityHash({ entity }: ClientQuota): number {
  const parts = entity.map(({ type, name }) => javaHashCode(type) ^ (name === null ? 0 : javaHashCode(name)));
  return parts.reduce((sum, hash) => (sum + hash) | 0, 31);
}
