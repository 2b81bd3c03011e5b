import type { Address } from '../core/address.js';
import { CliError } from '../core/errors.js';
import { decodeResponse, encodeRequest } from '../protocol/frame.js';
import type { AnyMessage, RequestBody, ResponseBody } from '../protocol/message.js';
import { ProtocolError } from '../protocol/protocol-error.js';
import { commonVersion, negotiateVersions } from './api-versions.js';
import type { BrokerVersions, VersionRange } from './broker-versions.js';
import { ConnectionError, silentHint, TlsFailure } from './connection-error.js';
import { dial, type DialOptions } from './dial.js';
import type { AnswerMemory, Exchange, Transport } from './transport.js';
import { UnreadableAnswer } from './unreadable-answer.js';

/** Limits of one exchange with one broker. */
export interface SendLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface OpenOptions extends DialOptions {
  /** What the broker is known to speak; asked where absent. */
  readonly versions?: BrokerVersions | undefined;
  /** Is told of the connection before the broker has said anything on it. */
  readonly onDialled?: ((transport: Transport) => void) | undefined;
}

/** An open connection to one broker that knows what the broker speaks. */
export class BrokerConnection {
  readonly transport: Transport;
  readonly versions: BrokerVersions;
  readonly clientId: string;
  /** When to stop using it, on the clock of `performance.now()`; Infinity where the session never expires. */
  private readonly expiresAt: number;

  constructor(transport: Transport, facts: { versions: BrokerVersions; clientId: string; expiresAt: number }) {
    this.transport = transport;
    this.versions = facts.versions;
    this.clientId = facts.clientId;
    this.expiresAt = facts.expiresAt;
  }

  /** The same connection, seen as one to a broker that speaks less. */
  capped(limit: (range: VersionRange, apiKey: number) => VersionRange): BrokerConnection {
    const { transport, clientId, expiresAt } = this;
    const versions = new Map([...this.versions].map(([apiKey, range]) => [apiKey, limit(range, apiKey)]));
    return new BrokerConnection(transport, { versions, clientId, expiresAt });
  }

  /** True when its authentication is about to expire (KIP-368): finish what is in flight, and ask for a fresh connection. */
  get expired(): boolean {
    return performance.now() >= this.expiresAt;
  }

  /**
   * The newest version of a message that both sides speak.
   *
   * @throws CliError `unsupported`
   */
  version(message: AnyMessage): number {
    return commonVersion(message, this.versions, this.transport.address);
  }

  /**
   * Sends one request, at the newest common version (`atMost`: and none newer than that) unless told, and decodes its answer.
   *
   * @throws ConnectionError; UnreadableAnswer, the connection then being gone; CliError `unsupported`, `aborted`
   */
  async send<M extends AnyMessage>(
    message: M,
    body: RequestBody<M>,
    limits: SendLimits & { heldMs?: number; version?: number; atMost?: number | undefined; memory?: AnswerMemory | undefined },
  ): Promise<ResponseBody<M>> {
    const version = limits.version ?? Math.min(this.version(message), limits.atMost ?? Infinity);
    const frame = await this.transport.send({
      name: message.name,
      encode: (correlationId) => [this.encode(message, version, correlationId, body)],
      timeoutMs: limits.timeoutMs,
      signal: limits.signal,
      memory: limits.memory,
      heldMs: limits.heldMs,
    });
    try {
      const answer = decodeResponse(message, version, frame, body).body;
      const throttledMs = throttleOf(answer);
      if (throttledMs > 0) this.transport.throttling.note(throttledMs, performance.now());
      return answer;
    } catch (error) {
      throw error instanceof ProtocolError ? this.unreadable(error) : error;
    }
  }

  /** Ends the connection: what else comes from it is not to be trusted either. */
  private unreadable(cause: ProtocolError): UnreadableAnswer {
    const { transport } = this;
    const { address } = transport;
    const text = `lost the connection to ${address}: an answer before could not be read`;
    transport.destroy(new ConnectionError('connection', text, { address, sent: true, cause }));
    return new UnreadableAnswer(`${address}: ${cause.message}`, { source: address, cause });
  }

  private encode<M extends AnyMessage>(message: M, version: number, correlationId: number, body: RequestBody<M>): Buffer {
    try {
      return encodeRequest(message, version, correlationId, this.clientId, body);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      if (version >= message.maxVersion)
        throw new CliError('protocol', `${this.transport.address}: ${error.message}`, { cause: error });
      const text = `the broker ${this.transport.address} is too old for this: ${error.message}`;
      throw new CliError('unsupported', text, { cause: error });
    }
  }

  /** Sends a frame that the caller encodes, and gives back the raw answer from the correlation id on: the hot path. */
  exchange(request: Exchange): Promise<Buffer> {
    return this.transport.send(request);
  }
}

// Java's client starts again at 85 to 95 % of the session's lifetime; the rest is for what is still in flight.
const sessionShare = 0.85;

/**
 * Opens a connection: TCP, TLS, SASL, then ApiVersions unless the broker's versions are known.
 *
 * @throws ConnectionError; CliError `authentication`; the signal's reason
 */
export async function openBrokerConnection(address: Address, options: OpenOptions): Promise<BrokerConnection> {
  const { settings, signal } = options;
  const openedAt = performance.now();
  const { transport, ip, sessionLifetimeMs } = await dial(address, options);
  options.onDialled?.(transport);
  const expiresAt = sessionLifetimeMs > 0 ? openedAt + sessionLifetimeMs * sessionShare : Infinity;
  try {
    const { clientId, connectTimeoutMs } = settings;
    const versions = options.versions ?? (await negotiateVersions(transport, { timeoutMs: connectTimeoutMs, signal, clientId }));
    return new BrokerConnection(transport, { versions, clientId, expiresAt });
  } catch (error) {
    transport.destroy();
    options.onFailed?.({ ip, stage: error instanceof TlsFailure ? 'refused' : 'ended', error });
    throw error instanceof ConnectionError ? notOpened(error, options) : error;
  }
}

/** How long the broker lets us wait, as most answers say. */
function throttleOf(answer: object): number {
  return 'throttleTimeMs' in answer && typeof answer.throttleTimeMs === 'number' ? answer.throttleTimeMs : 0;
}

/** Only ApiVersions was asked: what the connection was wanted for has not been sent. */
function notOpened(error: ConnectionError, { settings }: OpenOptions): ConnectionError {
  const { address, message, hint, cause } = error;
  if (error.code !== 'timeout') return new ConnectionError('connection', message, { address, sent: false, hint, cause });
  const text = `${address} takes connections and does not answer as a Kafka broker (no answer to ApiVersions within ${Math.round(settings.connectTimeoutMs)} ms)`;
  return new ConnectionError('timeout', text, { address, sent: false, hint: silentHint(settings.tls !== undefined), cause: error });
}
