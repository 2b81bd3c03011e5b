import type { SaslSettings } from '../core/connection-settings.js';
import { shownValue } from '../core/shown-value.js';
import type { Findings } from './findings.js';
import { type JaasEntry, parseJaas } from './jaas.js';
import { systemReason } from '../core/system-reason.js';

export interface SaslSources {
  /** Reads a text file. @throws Error with node's message */
  readonly readText: (path: string) => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'] as const;
type Mechanism = (typeof mechanisms)[number];

/** Mechanisms that kafkit lacks, and words that people write for one. */
const otherMechanisms = [
  'GSSAPI',
  'KERBEROS',
  'AWS_MSK_IAM',
  'DIGEST-MD5',
  'CRAM-MD5',
  'EXTERNAL',
  'ANONYMOUS',
  'SCRAM',
  'SCRAM-SHA-1',
  'OAUTH',
  'NONE',
];

/** A Java class that logs in; a password in its place looks otherwise. */
const loginModule = /^(?:[a-z]\w*\.)+\w*LoginModule$/;

/** The login module that Kafka wants for each mechanism. */
const modules: Readonly<Record<Mechanism, string>> = {
  PLAIN: 'org.apache.kafka.common.security.plain.PlainLoginModule',
  'SCRAM-SHA-256': 'org.apache.kafka.common.security.scram.ScramLoginModule',
  'SCRAM-SHA-512': 'org.apache.kafka.common.security.scram.ScramLoginModule',
  OAUTHBEARER: 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule',
};

/** What `sasl.mechanism` and `sasl.jaas.config` say; problems go to the findings, without the secrets. */
export function saslSettings(findings: Findings, sources: SaslSources): SaslSettings | undefined {
  const mechanism = mechanismOf(findings);
  if (mechanism === undefined) return undefined;
  const text = findings.get('sasl.jaas.config');
  if (text === undefined) {
    findings.problem('sasl.mechanism', `${mechanism} needs sasl.jaas.config`);
    return undefined;
  }
  const jaas = parseJaas(text);
  if (typeof jaas === 'string') {
    findings.problem('sasl.jaas.config', `cannot be read: ${jaas}`);
    return undefined;
  }
  if (jaas.module !== modules[mechanism]) {
    const named = loginModule.test(jaas.module) ? `names ${jaas.module}` : 'names no login module with its first word';
    findings.problem('sasl.jaas.config', `${named}; ${mechanism} needs ${modules[mechanism]}`);
    return undefined;
  }
  return mechanism === 'OAUTHBEARER' ? bearer(findings, jaas, sources) : userAndPassword(findings, mechanism, jaas);
}

function mechanismOf(findings: Findings): Mechanism | undefined {
  const text = findings.get('sasl.mechanism')?.trim();
  if (text === undefined) {
    findings.problem(
      'sasl.mechanism',
      `is not set (Kafka's default is GSSAPI, which kafkit lacks); set one of ${mechanisms.join(', ')}`,
    );
    return undefined;
  }
  const found = mechanisms.find((mechanism) => mechanism === text.toUpperCase());
  if (found === undefined)
    findings.problem(
      'sasl.mechanism',
      `${shownValue(text, otherMechanisms)} is not supported; kafkit has ${mechanisms.join(', ')}`,
    );
  return found;
}

function userAndPassword(
  findings: Findings,
  mechanism: Exclude<Mechanism, 'OAUTHBEARER'>,
  { options }: JaasEntry,
): SaslSettings | undefined {
  const username = options.get('username');
  const password = options.get('password');
  if (username === undefined) findings.problem('sasl.jaas.config', 'lacks username');
  if (password === undefined) findings.problem('sasl.jaas.config', 'lacks password');
  if (options.get('tokenauth')?.toLowerCase() === 'true') {
    findings.problem('sasl.jaas.config', 'asks for tokenauth: delegation tokens are not supported');
  }
  return username === undefined || password === undefined ? undefined : { mechanism, username, password };
}

const extensionPrefix = 'extension_';
const unsecuredExtensionPrefix = 'unsecuredLoginExtension_';

function bearer(findings: Findings, { options }: JaasEntry, sources: SaslSources): SaslSettings | undefined {
  const extensions: Record<string, string> = {};
  for (const [key, value] of options) {
    for (const prefix of [extensionPrefix, unsecuredExtensionPrefix]) {
      if (key.startsWith(prefix)) extensions[key.slice(prefix.length)] = value;
    }
  }
  const token = tokenFromFile(findings, sources) ?? unsecuredToken(options, sources.now());
  if (token !== undefined) return { mechanism: 'OAUTHBEARER', token, extensions };
  if (findings.get('sasl.oauthbearer.token.endpoint.url') === undefined) {
    const ways = 'a file: URL in sasl.oauthbearer.token.endpoint.url, or unsecuredLoginStringClaim_sub for tests';
    findings.problem('sasl.jaas.config', `gives no token; kafkit takes ${ways}`);
  }
  return undefined;
}

function tokenFromFile(findings: Findings, { readText }: SaslSources): string | undefined {
  const key = 'sasl.oauthbearer.token.endpoint.url';
  const url = findings.get(key)?.trim();
  if (url === undefined) return undefined;
  if (!url.startsWith('file:')) {
    findings.problem(key, 'is not a file: URL; kafkit does not fetch tokens, write one to a file first');
    return undefined;
  }
  try {
    const token = readText(decodeURIComponent(new URL(url).pathname)).trim();
    if (token === '') findings.problem(key, 'names an empty file');
    return token === '' ? undefined : token;
  } catch (error) {
    findings.problem(key, `cannot be read: ${systemReason(error)}`);
    return undefined;
  }
}

const stringClaim = 'unsecuredLoginStringClaim_';
const numberClaim = 'unsecuredLoginNumberClaim_';
const listClaim = 'unsecuredLoginListClaim_';

/** An unsigned token made of the claims in the JAAS options, as Kafka's own test login module makes it (KIP-255). */
function unsecuredToken(options: ReadonlyMap<string, string>, now: number): string | undefined {
  const claims: Record<string, unknown> = {};
  for (const [key, value] of options) {
    if (key.startsWith(stringClaim)) claims[key.slice(stringClaim.length)] = value;
    if (key.startsWith(numberClaim)) claims[key.slice(numberClaim.length)] = Number(value);
    // The first character of a list is its separator.
    if (key.startsWith(listClaim)) claims[key.slice(listClaim.length)] = value.slice(1).split(value.charAt(0));
  }
  if (Object.keys(claims).length === 0) return undefined;
  const issuedAt = Math.floor(now / 1000);
  const lifetime = Number(options.get('unsecuredLoginLifetimeSeconds') ?? 3600);
  return `${base64url({ alg: 'none' })}.${base64url({ ...claims, iat: issuedAt, exp: issuedAt + lifetime })}.`;
}

function base64url(json: object): string {
  return Buffer.from(JSON.stringify(json), 'utf8').toString('base64url');
}
