import type { TlsSettings } from '../core/connection-settings.js';
import { shownValue } from '../core/shown-value.js';
import { systemReason } from '../core/system-reason.js';
import type { Findings } from './findings.js';
import { splitPem, storeFormat } from './key-store.js';
import type { StorePasswords } from './open-store.js';
import type { OpenKeystore } from './pkcs12-keystore.js';

export interface TlsSources {
  /** @throws Error with node's message */
  readonly readBytes: (path: string) => Uint8Array;
  /** PEM certificates of a PKCS12 or JKS truststore. @throws Error when it cannot be opened */
  readonly openTruststore: (bytes: Uint8Array, passwords: StorePasswords) => Promise<readonly string[]>;
  /** Key and chain of a PKCS12 or JKS keystore. @throws Error when it cannot be opened */
  readonly openKeystore: (bytes: Uint8Array, passwords: StorePasswords) => Promise<OpenKeystore>;
}

/** What the `ssl.*` keys say, their files read; problems go to the findings, without the secrets. */
export async function tlsSettings(findings: Findings, sources: TlsSources): Promise<TlsSettings> {
  const ca = await trusted(findings, sources);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(await own(findings, sources)),
    ...versions(findings),
    checkHostName: hostNameCheck(findings),
  };
}

function hostNameCheck(findings: Findings): boolean {
  const key = 'ssl.endpoint.identification.algorithm';
  const algorithm = findings.get(key)?.trim() ?? 'https';
  if (algorithm !== '' && algorithm.toLowerCase() !== 'https')
    findings.problem(key, `must be https or empty, found ${shownValue(algorithm, ['none', 'true', 'false', 'http', 'tls'])}`);
  return algorithm !== '';
}

async function trusted(findings: Findings, sources: TlsSources): Promise<readonly string[] | undefined> {
  const inline = findings.get('ssl.truststore.certificates');
  const path = findings.get('ssl.truststore.location');
  if (inline !== undefined && path !== undefined) {
    findings.problem('ssl.truststore.certificates', 'and ssl.truststore.location cannot both be set');
  }
  if (inline !== undefined) return certificates(findings, 'ssl.truststore.certificates', inline);
  if (path === undefined) return undefined;
  const key = 'ssl.truststore.location';
  const store = readStore(findings, key, sources);
  if (store === undefined) return undefined;
  if (store.format === 'PEM') return certificates(findings, key, Buffer.from(store.bytes).toString('utf8'));
  try {
    const found = await sources.openTruststore(store.bytes, { store: findings.get('ssl.truststore.password') });
    if (found.length === 0) findings.problem(key, `holds no certificate: ${path}`);
    return found;
  } catch (error) {
    findings.problem(key, `cannot be opened (ssl.truststore.password?): ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function certificates(findings: Findings, key: string, text: string): readonly string[] | undefined {
  const found = splitPem(text).certificates;
  if (found.length > 0) return found;
  findings.problem(key, 'holds no PEM certificate');
  return undefined;
}

type Own = Pick<TlsSettings, 'cert' | 'key' | 'passphrase'>;

/** Certificate and key of this client: inline, in a PEM file or in a PKCS12 or JKS file. */
async function own(findings: Findings, sources: TlsSources): Promise<Own> {
  const key = findings.get('ssl.keystore.key');
  const chain = findings.get('ssl.keystore.certificate.chain');
  const keyPassword = findings.get('ssl.key.password');
  if (key !== undefined || chain !== undefined)
    return pair(findings, 'ssl.keystore.key', `${key ?? ''}\n${chain ?? ''}`, keyPassword);
  if (findings.get('ssl.keystore.location') === undefined) return {};
  const store = readStore(findings, 'ssl.keystore.location', sources);
  if (store === undefined) return {};
  if (store.format === 'PEM') {
    return pair(findings, 'ssl.keystore.location', Buffer.from(store.bytes).toString('utf8'), keyPassword);
  }
  try {
    const opened = await sources.openKeystore(store.bytes, { store: findings.get('ssl.keystore.password'), key: keyPassword });
    return { cert: opened.chain.join('\n'), key: opened.key };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    findings.problem('ssl.keystore.location', `cannot be opened (ssl.keystore.password?): ${reason}`);
    return {};
  }
}

function pair(findings: Findings, name: string, text: string, passphrase: string | undefined): Own {
  const { certificates: chain, key } = splitPem(text);
  if (key === undefined) findings.problem(name, 'holds no PEM private key');
  if (chain.length === 0) findings.problem(name, 'comes without a PEM certificate chain');
  if (key?.includes('ENCRYPTED') === true && passphrase === undefined) {
    findings.problem(name, 'is encrypted: set ssl.key.password');
  }
  if (key === undefined || chain.length === 0) return {};
  return { cert: chain.join('\n'), key, ...(passphrase === undefined ? {} : { passphrase }) };
}

interface Store {
  readonly format: 'PEM' | 'PKCS12' | 'JKS';
  readonly bytes: Uint8Array;
}

const storeTypes = ['PEM', 'PKCS12', 'JKS', 'JCEKS', 'P12', 'PFX', 'BCFKS'];

function readStore(
  findings: Findings,
  key: 'ssl.truststore.location' | 'ssl.keystore.location',
  { readBytes }: TlsSources,
): Store | undefined {
  const path = findings.get(key) ?? '';
  const typeKey = key.replace('location', 'type');
  const declared = findings.get(typeKey)?.trim().toUpperCase();
  let bytes: Uint8Array;
  try {
    bytes = readBytes(path);
  } catch (error) {
    findings.problem(key, `cannot be read: ${systemReason(error)}`);
    return undefined;
  }
  // Java too reads a PKCS12 file that is declared, or by default taken, as JKS; so the content decides.
  const format = storeFormat(bytes);
  if (format === 'JCEKS') {
    const convert = `keytool -importkeystore -srckeystore ${path} -destkeystore ${path.replace(/\.jceks$/i, '')}.p12 -deststoretype PKCS12`;
    findings.problem(key, `is a JCEKS file, which only Java reads; convert it with: ${convert}`);
    return undefined;
  }
  if (format === undefined || (declared !== undefined && (declared === 'PEM') !== (format === 'PEM'))) {
    const named =
      declared === undefined || storeTypes.includes(declared) ? (declared ?? 'PKCS12, JKS or PEM') : shownValue(declared);
    findings.problem(key, `is not a ${named} file${declared === undefined ? '' : ` as ${typeKey} says`}: ${path}`);
    return undefined;
  }
  return { format, bytes };
}

const javaVersions = ['TLSv1.2', 'TLSv1.3'] as const;
const javaName = /^(?:SSLv\d|SSLv2Hello|TLSv1(?:\.\d)?)$/;

function versions(findings: Findings): Pick<TlsSettings, 'minVersion' | 'maxVersion'> {
  const key = 'ssl.enabled.protocols';
  const text = findings.get(key);
  if (text === undefined) return {};
  const listed = text.split(',').map((name) => name.trim());
  const usable = javaVersions.filter((version) => listed.includes(version));
  const others = listed.filter((name) => !javaVersions.some((version) => version === name));
  const [minVersion] = usable;
  const maxVersion = usable.at(-1);
  if (minVersion === undefined || maxVersion === undefined) {
    findings.problem(key, `lists none of ${javaVersions.join(', ')}`);
    return {};
  }
  if (others.length > 0) {
    findings.warn(
      key,
      `lists ${others.map((name) => (javaName.test(name) ? name : shownValue(name))).join(', ')}, which kafkit never uses`,
    );
  }
  return { minVersion, maxVersion };
}
