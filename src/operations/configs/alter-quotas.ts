import {
  alterClientQuotas,
  describeClientQuotas,
  type QuotaChange,
  type QuotaEntityType,
  type QuotaFilterPart,
} from '../../client/client-quotas.js';
import type { Context } from '../context.js';

/** One entity and what to change of its quotas. */
export interface AlterQuotasInput {
  /** Its parts; a null name is the default of its type. */
  readonly entity: readonly { readonly type: QuotaEntityType; readonly name: string | null }[];
  readonly changes: readonly QuotaChange[];
  /** Only looks at what is to be removed. */
  readonly dryRun?: boolean;
}

/** What became of it: without `unset` all was done; with it nothing was, since these quotas to remove are not there; a dry run changes nothing either. */
export interface AlteredQuotas {
  readonly unset: readonly string[];
}

/**
 * Changes the quotas of one entity, all or none; a quota to remove has to be there.
 *
 * @throws BrokerError with the broker's reason
 */
export async function alterQuotas(context: Context, { entity, changes, dryRun = false }: AlterQuotasInput): Promise<AlteredQuotas> {
  const cluster = await context.connect();
  const [current] = await describeClientQuotas(cluster, entity.map(exactly));
  const present = new Set(current?.values.map(({ key }) => key));
  const unset = changes.filter(({ key, value }) => value === undefined && !present.has(key)).map(({ key }) => key);
  if (unset.length > 0 || dryRun) return { unset };
  await alterClientQuotas(cluster, entity, changes);
  return { unset: [] };
}

function exactly({ type, name }: AlterQuotasInput['entity'][number]): QuotaFilterPart {
  return { type, match: name === null ? { kind: 'default' } : { kind: 'name', name } };
}
