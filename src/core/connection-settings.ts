import type { Address } from './address.js';

/** How to encrypt: what Kafka's `ssl.*` keys say, already read from files. */
export interface TlsSettings {
  /** PEM certificates to trust instead of the system's. */
  readonly ca?: readonly string[];
  /** PEM certificate chain of this client. */
  readonly cert?: string;
  /** PEM private key of this client. */
  readonly key?: string;
  /** Opens `key`. A secret. */
  readonly passphrase?: string;
  /** False when `ssl.endpoint.identification.algorithm` is empty: the certificate's host names are not checked. */
  readonly checkHostName: boolean;
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3';
  /** OpenSSL cipher list. */
  readonly ciphers?: string;
}

/** How to prove who we are. Everything but the mechanism and the user name is a secret. */
export type SaslSettings =
  | { readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'; readonly username: string; readonly password: string }
  | {
      readonly mechanism: 'OAUTHBEARER';
      readonly token: string;
      readonly extensions: Readonly<Record<string, string>>;
    };

/** Everything the client needs to reach a cluster. Times are in milliseconds. */
export interface ConnectionSettings {
  readonly bootstrap: readonly Address[];
  readonly clientId: string;
  readonly tls: TlsSettings | undefined;
  readonly sasl: SaslSettings | undefined;
  /** One request to one broker (`request.timeout.ms`). */
  readonly requestTimeoutMs: number;
  /** One operation with its retries (`default.api.timeout.ms`). */
  readonly apiTimeoutMs: number;
  /** One TCP, TLS and SASL set-up (`socket.connection.setup.timeout.ms`). */
  readonly connectTimeoutMs: number;
  /** A connection unused for longer is replaced (`connections.max.idle.ms`); negative: never. */
  readonly maxIdleMs: number;
  /** First pause between attempts (`retry.backoff.ms`); it doubles up to `retryBackoffMaxMs`. */
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  /** Metadata older than this is read again before use (`metadata.max.age.ms`). */
  readonly metadataMaxAgeMs: number;
  /** A response announced as longer is refused: more likely bytes of another protocol than an answer. */
  readonly maxResponseBytes: number;
  /** A batch of records that unpacks to more is refused (`max.unpacked.bytes`). */
  readonly maxUnpackedBytes: number;
}

/** Kafka's defaults, ours where Kafka has none. */
export const defaultConnectionSettings: Omit<ConnectionSettings, 'bootstrap'> = {
  clientId: 'kafkit',
  tls: undefined,
  sasl: undefined,
  requestTimeoutMs: 30_000,
  apiTimeoutMs: 60_000,
  connectTimeoutMs: 10_000,
  maxIdleMs: 540_000,
  retryBackoffMs: 100,
  retryBackoffMaxMs: 1000,
  metadataMaxAgeMs: 300_000,
  // Fetch answers are bounded by fetch.max.bytes (50 MiB by default), except that a first batch larger than it still comes whole.
  maxResponseBytes: 100 * 1024 * 1024,
  // A broker takes no batch near it that was not made to be large.
  maxUnpackedBytes: 256 * 1024 * 1024,
};
