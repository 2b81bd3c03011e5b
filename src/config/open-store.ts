import { readJksStore } from './jks-store.js';
import { storeFormat } from './key-store.js';
import { type OpenKeystore, readPkcs12Keystore } from './pkcs12-keystore.js';
import { readPkcs12Truststore } from './pkcs12-truststore.js';

/** What opens a store; unset where the settings name none. */
export interface StorePasswords {
  readonly store: string | undefined;
  /** Of the private key; unset: that of the store. */
  readonly key?: string | undefined;
}

/**
 * PEM certificates of a binary truststore: its authorities, and as Java has it the certificates of keys in it.
 *
 * @throws Error when it cannot be opened
 */
export function openTruststore(bytes: Uint8Array, { store }: StorePasswords): readonly string[] {
  if (storeFormat(bytes) !== 'JKS') return readPkcs12Truststore(bytes, store ?? '');
  const { trusted, keys } = readJksStore(bytes, store);
  return [...trusted, ...keys.flatMap(({ chain }) => chain.slice(0, 1))];
}

/** Key and chain of a binary keystore. @throws Error when it cannot be opened */
export function openKeystore(bytes: Uint8Array, { store, key }: StorePasswords): OpenKeystore {
  if (storeFormat(bytes) !== 'JKS') return readPkcs12Keystore(bytes, store ?? key ?? '');
  const [entry] = readJksStore(bytes, store).keys;
  if (entry === undefined) throw new Error('it holds no private key with its certificate');
  return { key: entry.open(key ?? store ?? ''), chain: entry.chain };
}
