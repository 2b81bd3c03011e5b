import { type Address, formatAddress } from '../core/address.js';

/** The first few addresses, for messages. */
export function listAddresses(addresses: readonly Address[]): string {
  const shown = [...new Set(addresses.map(formatAddress))];
  return shown.length > 3 ? `${shown.slice(0, 3).join(', ')} and ${shown.length - 3} more` : shown.join(', ');
}
