import type { ClientKind } from './tool-settings.js';

/** How Kafka's client of a kind calls itself where it is given no `client.id`. */
export function defaultClientId(kind: ClientKind, values: ReadonlyMap<string, string>): string {
  if (kind === 'admin') return 'adminclient-1';
  if (kind === 'producer') return values.has('transactional.id') ? `producer-${values.get('transactional.id')}` : 'producer-1';
  const group = values.get('group.id');
  return `consumer-${group ?? 'null'}-${values.get('group.instance.id') ?? '1'}`;
}

/** What stands before every line that a client logs. */
export function logPrefix(kind: ClientKind, clientId: string, values: ReadonlyMap<string, string>): string {
  if (kind === 'admin') return `[AdminClient clientId=${clientId}]`;
  if (kind === 'producer') {
    const transaction = values.get('transactional.id');
    return `[Producer clientId=${clientId}${transaction === undefined ? '' : `, transactionalId=${transaction}`}]`;
  }
  const instance = values.get('group.instance.id');
  const before = instance === undefined ? '' : `instanceId=${instance}, `;
  return `[Consumer ${before}clientId=${clientId}, groupId=${values.get('group.id') ?? 'null'}]`;
}
