import { type ClientQuota, describeClientQuotas, type QuotaFilterPart } from '../../client/client-quotas.js';
import type { Context } from '../context.js';

/** Reads the quotas of users, clients and addresses that the filter picks; entities with other parts than the filter's are left out. */
export async function describeQuotas(
  context: Context,
  filter: readonly QuotaFilterPart[],
  timeoutMs?: number,
): Promise<readonly ClientQuota[]> {
  return describeClientQuotas(await context.connect(), filter, { timeoutMs });
}
