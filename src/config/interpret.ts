import { parseAddresses, shownTypedAddress } from '../core/address.js';
import { type ConnectionSettings, defaultConnectionSettings as defaults } from '../core/connection-settings.js';
import { shownValue } from '../core/shown-value.js';
import { Findings } from './findings.js';
import type { Resolved } from './resolve.js';
import { type SaslSources, saslSettings } from './sasl-settings.js';
import { type TlsSources, tlsSettings } from './tls-settings.js';

export type Sources = SaslSources & TlsSources;

/** Of the oldest Node that kafkit runs on. */
const largestBuffer = 2 ** 32 - 1;

const protocols = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const;
/** What people write where one of them belongs. */
const likelyProtocols = ['TLS', 'SASL', 'SASL_TLS', 'SASL-SSL', 'PLAIN', 'SCRAM', 'HTTPS'];

/**
 * Turns resolved keys into settings for the client.
 *
 * @throws CliError `config` with every problem at once
 */
export async function interpret(
  resolved: Resolved,
  sources: Sources,
): Promise<{ settings: ConnectionSettings; warnings: readonly string[] }> {
  const findings = new Findings(resolved.values, resolved.problems, resolved.warnings);
  const protocol = findings.choice('security.protocol', protocols, 'PLAINTEXT', likelyProtocols);
  const usesTls = protocol === 'SSL' || protocol === 'SASL_SSL';
  const usesSasl = protocol === 'SASL_PLAINTEXT' || protocol === 'SASL_SSL';
  const settings = {
    bootstrap: bootstrap(findings),
    clientId: findings.get('client.id') ?? defaults.clientId,
    tls: usesTls ? await tlsSettings(findings, sources) : undefined,
    sasl: usesSasl ? saslSettings(findings, sources) : undefined,
    ...times(findings),
    maxResponseBytes: defaults.maxResponseBytes,
    maxUnpackedBytes: Math.min(
      largestBuffer,
      findings.integer('max.unpacked.bytes', 'LONG', { fallback: defaults.maxUnpackedBytes, minimum: 1 }),
    ),
  };
  // Somebody who gives credentials or certificates means them to be used.
  if (!usesSasl) warnUnused(findings, ['sasl.jaas.config', 'sasl.mechanism'], protocol);
  if (!usesTls) warnUnused(findings, ['ssl.truststore.location', 'ssl.truststore.certificates', 'ssl.keystore.location'], protocol);
  findings.throwIfAny();
  return { settings, warnings: findings.warnings };
}

function bootstrap(findings: Findings): ConnectionSettings['bootstrap'] {
  const text = findings.get('bootstrap.servers');
  if (text === undefined) {
    findings.problems.unshift(
      'no broker to start from: give -b HOST:PORT, or set KAFKIT_BOOTSTRAP_SERVER, or bootstrap.servers in the settings file',
    );
    return [];
  }
  // Who typed an address sees it anyway; a file may hold something else in its place.
  const isTyped = findings.sourceOf('bootstrap.servers') === '--bootstrap-server';
  const { addresses, problems } = parseAddresses(text, isTyped ? shownTypedAddress : shownValue);
  for (const problem of problems) findings.problem('bootstrap.servers', problem);
  return addresses;
}

function times(
  findings: Findings,
): Pick<
  ConnectionSettings,
  | 'requestTimeoutMs'
  | 'apiTimeoutMs'
  | 'connectTimeoutMs'
  | 'maxIdleMs'
  | 'retryBackoffMs'
  | 'retryBackoffMaxMs'
  | 'metadataMaxAgeMs'
> {
  const int = (key: string, fallback: number): number => findings.integer(key, 'INT', { fallback, minimum: 1 });
  const long = (key: string, fallback: number, minimum = 0): number => findings.integer(key, 'LONG', { fallback, minimum });
  const requestTimeoutMs = int('request.timeout.ms', defaults.requestTimeoutMs);
  return {
    requestTimeoutMs,
    apiTimeoutMs: int('default.api.timeout.ms', Math.max(defaults.apiTimeoutMs, requestTimeoutMs)),
    connectTimeoutMs: long('socket.connection.setup.timeout.ms', defaults.connectTimeoutMs, 1),
    maxIdleMs: long('connections.max.idle.ms', defaults.maxIdleMs, -Infinity),
    retryBackoffMs: long('retry.backoff.ms', defaults.retryBackoffMs),
    retryBackoffMaxMs: long('retry.backoff.max.ms', defaults.retryBackoffMaxMs),
    metadataMaxAgeMs: long('metadata.max.age.ms', defaults.metadataMaxAgeMs),
  };
}

function warnUnused(findings: Findings, keys: readonly string[], protocol: string): void {
  const key = keys.find((candidate) => findings.get(candidate) !== undefined);
  if (key !== undefined) findings.warn(key, `has no effect while security.protocol is ${protocol}`);
}
