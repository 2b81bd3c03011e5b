import { type CliErrorOptions, CliError } from '../core/errors.js';

/** A failure of the connection to one broker, or an answer that did not come in time. */
export class ConnectionError extends CliError {
  /** `host:port` of the broker. */
  readonly address: string;
  /** True when the broker may have received, and acted on, the request that failed. */
  declare readonly sent: boolean;

  constructor(code: 'connection' | 'timeout', message: string, options: CliErrorOptions & { address: string; sent: boolean }) {
    super(code, message, options);
    this.name = 'ConnectionError';
    this.address = options.address;
  }
}

/** No address of the cluster, bootstrap or known broker, could be connected to. */
export class ClusterUnreachable extends ConnectionError {}

/** A node id that the cluster's metadata does not list. */
export class UnknownBroker extends ConnectionError {}

/**
 * TLS does not come about: one side does not accept the other's certificate, version or cipher. It is final, as a refused password
 * is: what is wrong is in a file, and asking again changes nothing.
 */
export class TlsFailure extends CliError {
  /** `host:port` of the broker. */
  readonly address: string;
  /** False where the handshake was over for us when the broker broke it off, as it does in TLS 1.3 for want of a certificate. */
  readonly inHandshake: boolean;

  constructor(message: string, options: CliErrorOptions & { address: string; inHandshake: boolean }) {
    super('authentication', message, options);
    this.name = 'TlsFailure';
    this.address = options.address;
    this.inHandshake = options.inHandshake;
  }
}

/** What is known about a connection when it fails; decides which hint is worth giving. */
export interface ConnectionFacts {
  readonly address: string;
  readonly secure: boolean;
  readonly authenticated: boolean;
  /** Answers received before the failure. */
  readonly answers: number;
}

const plainTextHint = 'the listener may expect TLS: set security.protocol=SSL (or SASL_SSL) in the file given to --command-config';
const tlsHint = 'the listener may not speak TLS: check security.protocol in the file given to --command-config, and the port';
const saslHint =
  'the listener may require SASL: set security.protocol=SASL_PLAINTEXT (or SASL_SSL), sasl.mechanism and sasl.jaas.config in the file given to --command-config';
const trustHint =
  'set ssl.truststore.location (ssl.truststore.type=PEM) in the file given to --command-config to the certificate authority of the brokers';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by the other side',
  EPIPE: 'connection closed by the other side',
  ETIMEDOUT: 'no answer (timed out)',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'unknown host name',
  EAI_AGAIN: 'the name server does not answer',
  CERT_HAS_EXPIRED: "the broker's certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the broker's certificate is self-signed and not trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "the broker's certificate chain ends in an authority that is not trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the broker's certificate is from an authority that is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the broker's certificate is from an authority that is not trusted",
  CERT_SIGNATURE_FAILURE: "the broker's certificate was not signed by the authority of that name that is trusted",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'the broker speaks none of the TLS versions that we do',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'the broker speaks none of the TLS versions that we do',
  ERR_TLS_CERT_ALTNAME_INVALID: "the broker's certificate is not for this host name",
  ERR_SSL_WRONG_VERSION_NUMBER: 'the other side does not speak TLS',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'the broker asks for a client certificate',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'the broker refuses the handshake: no cipher in common, or no client certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'the broker refuses our client certificate',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'the broker does not trust the authority of our client certificate',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'the broker refuses our client certificate',
};

const hints: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: trustHint,
  SELF_SIGNED_CERT_IN_CHAIN: trustHint,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: trustHint,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: trustHint,
  CERT_SIGNATURE_FAILURE: trustHint,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'set ssl.enabled.protocols in the file given to --command-config',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'set ssl.enabled.protocols in the file given to --command-config',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'use the name in the certificate, or an empty ssl.endpoint.identification.algorithm to skip this check',
  ERR_SSL_WRONG_VERSION_NUMBER: tlsHint,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'set ssl.keystore.location in the file given to --command-config',
};

/** What may be wrong with a listener that takes connections and says nothing. */
export function silentHint(secure: boolean): string {
  const other = secure
    ? 'that it speaks TLS'
    : 'that it does not expect TLS (security.protocol=SSL or SASL_SSL in the file given to --command-config)';
  return `check host and port, ${other}, and that the broker is not stuck`;
}

/** The `code` of a node error, such as ECONNREFUSED. */
export function nodeErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** One phrase for why a socket failed. */
export function socketReason(error: unknown): string {
  const code = nodeErrorCode(error);
  const known = code === undefined ? undefined : reasons[code];
  if (known !== undefined) return known;
  return error instanceof Error ? error.message : String(error);
}

/** Whether a failed connection failed for TLS: the codes of OpenSSL and of node's checks of a certificate, which no system call has. */
function isTlsCode(code: string | undefined): code is string {
  return code !== undefined && (code === 'EPROTO' || (code.includes('_') && !code.startsWith('EAI_')));
}

/** The error for a connection that could not be opened. */
export function openFailure(facts: ConnectionFacts, cause: unknown): ConnectionError | TlsFailure {
  const { address } = facts;
  const code = nodeErrorCode(cause);
  // A plain-text listener reads a TLS hello as a huge length and hangs up; a TLS listener does so at anything else.
  const hint =
    (code === undefined ? undefined : hints[code]) ?? (hangsUp(code, cause) ? (facts.secure ? tlsHint : plainTextHint) : undefined);
  const text = `cannot connect to ${address}: ${socketReason(cause)}`;
  if (facts.secure && isTlsCode(code)) return new TlsFailure(text, { address, inHandshake: true, hint, cause });
  return new ConnectionError('connection', text, { address, sent: false, hint, cause });
}

function hangsUp(code: string | undefined, cause: unknown): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE' || (code === undefined && cause instanceof Error);
}

/** The error for an open connection that broke; `cause` undefined when the other side just closed it. */
export function lostConnection(facts: ConnectionFacts, cause: unknown): ConnectionError | TlsFailure {
  const { address } = facts;
  const code = nodeErrorCode(cause);
  if (facts.secure && facts.answers === 0 && isTlsCode(code)) {
    // In TLS 1.3 a broker looks at our certificate when we believe to be connected.
    const text = `cannot connect to ${address}: ${socketReason(cause)}`;
    return new TlsFailure(text, { address, inHandshake: false, hint: hints[code], cause });
  }
  const reason = cause === undefined ? 'closed by the other side' : socketReason(cause);
  const text = `lost the connection to ${address}: ${reason}`;
  return new ConnectionError('connection', text, { address, sent: true, hint: lostHint(facts), cause });
}

function lostHint({ secure, authenticated, answers }: ConnectionFacts): string | undefined {
  if (answers === 0 && !authenticated) return secure ? tlsHint : plainTextHint;
  // A SASL listener answers ApiVersions to anyone and hangs up at the next request.
  return answers === 1 && !authenticated ? saslHint : undefined;
}

/** The error for bytes that cannot be the start of a Kafka response; `head` is what stood where the length belongs. */
export function notKafka(facts: ConnectionFacts, head: number, limit: number): ConnectionError {
  const { address } = facts;
  const options = { address, sent: true };
  // 0x15 0x03: a TLS alert record.
  if (head >>> 16 === 0x1503) {
    return new ConnectionError('connection', `${address} speaks TLS, and was spoken to in plain text`, {
      ...options,
      hint: 'set security.protocol=SSL (or SASL_SSL) in the file given to --command-config',
    });
  }
  // 'HTTP'
  if (head === 0x48545450) {
    return new ConnectionError('connection', `${address} is a web server, not a Kafka broker`, {
      ...options,
      hint: 'check host and port',
    });
  }
  const start = printable(head);
  if (start !== undefined) {
    const text = `${address} does not speak Kafka: what it says begins with '${start}'`;
    return new ConnectionError('connection', text, { ...options, hint: 'check host and port' });
  }
  const text = `${address} announced an answer of ${head} bytes (limit ${limit}): not a Kafka broker, or a broken stream`;
  return new ConnectionError('connection', text, { ...options, hint: facts.answers === 0 ? 'check host and port' : undefined });
}

function printable(head: number): string | undefined {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(head);
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ? bytes.toString('latin1') : undefined;
}

/** What was waited for when time ran out, by the error that says so: whoever waits first knows, and those after it only find out. */
const waits = new WeakMap<CliError, string>();

/**
 * The error for work that its signal cut short; where time ran out, it says what the work was waiting for. `sent`: false where no
 * request had been written by then.
 */
export function abortError(signal: AbortSignal, waitedFor?: string, sent?: boolean): CliError {
  const reason: unknown = signal.reason;
  if (!(reason instanceof CliError)) return new CliError('aborted', 'interrupted', { cause: reason, sent });
  if (reason.code !== 'timeout') return reason;
  const wait = waits.get(reason) ?? waitedFor;
  if (wait === undefined && sent === undefined) return reason;
  if (wait !== undefined) waits.set(reason, wait);
  const text = wait === undefined ? reason.message : `${reason.message}: ${wait}`;
  return new CliError('timeout', text, { hint: reason.hint, place: reason.place, cause: reason, sent });
}
