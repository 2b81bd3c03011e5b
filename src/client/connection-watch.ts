import type { Address } from '../core/address.js';

/** What a connection is for; each purpose has its own, so that a held answer delays nothing else. */
export type Purpose = 'control' | 'produce' | 'fetch' | 'group';

/** One attempt to open a connection that failed, or an open connection that ended before its broker had said anything. */
export interface FailedContact {
  readonly address: Address;
  /** Node id of the broker; a bootstrap address that no broker is known at has -1, -2, ... by its place. */
  readonly node: number;
  readonly purpose: Purpose;
  /** The IP address that was dialled; absent where the name was not resolved. */
  readonly ip: string | undefined;
  /** How far it came: no TCP connection; cut off in the TLS or SASL exchange; refused there; cut off afterwards. */
  readonly stage: 'unreachable' | 'unfinished' | 'refused' | 'ended';
  readonly error: unknown;
}

/** Is told how the connections of a cluster fare, to tell a person of it: a failed attempt is repeated as long as somebody waits. */
export interface ConnectionWatch {
  failed(contact: FailedContact): void;
  /** The broker at this address was reached. */
  opened(address: Address): void;
}
