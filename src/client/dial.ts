import { type Address, formatAddress } from '../core/address.js';
import type { ConnectionSettings } from '../core/connection-settings.js';
import { CliError } from '../core/errors.js';
import { AuthenticationRefused } from './authentication-refused.js';
import { ConnectionError, nodeErrorCode, notKafka, openFailure, silentHint } from './connection-error.js';
import type { FailedContact } from './connection-watch.js';
import { BadFrameLength } from './frame-reader.js';
import { type OpenSocket, openSocket } from './kafkajs/open-socket.js';
import { race, RaceLost } from './race.js';
import { after } from '../timers/timers.js';
import { toError } from './to-error.js';
import { Transport } from './transport.js';

export interface DialOptions {
  readonly settings: ConnectionSettings;
  readonly signal: AbortSignal;
  readonly debug: (message: string) => void;
  readonly onClosed?: (() => void) | undefined;
  /** Is told how far an attempt came that failed. */
  readonly onFailed?: ((failure: DialFailure) => void) | undefined;
}

/** How far an attempt to connect came. */
export type DialFailure = Pick<FailedContact, 'ip' | 'stage' | 'error'>;

/** A connection ready for requests. */
export interface Dialled {
  readonly transport: Transport;
  readonly ip: string | undefined;
  /** Milliseconds until the broker wants a new authentication; 0: never. */
  readonly sessionLifetimeMs: number;
}

// Long enough for a far-away address, short enough that a dead IPv6 route is not noticed.
const addressStaggerMs = 300;

/**
 * Connects to a broker by name: every address the name has is tried (KIP-302), a silent one in parallel with the next.
 *
 * @throws ConnectionError; CliError `authentication` when the broker refuses us; the signal's reason
 */
export async function dial(address: Address, options: DialOptions): Promise<Dialled> {
  const { settings, signal, debug } = options;
  const name = formatAddress(address);
  const limit = deadlineSignal(name, settings.connectTimeoutMs, signal);
  const connected = new Set<string>();
  try {
    const ips = await resolve(address.host, limit.signal);
    debug(`connecting to ${name}${ips.length > 1 ? ` (${ips.join(', ')})` : ''}`);
    const opened = await race(
      ips,
      (ip, stop) => {
        const onConnected = (): void => void connected.add(ip);
        return openSocket({ host: address.host, ip, port: address.port }, { settings, signal: stop, debug, onConnected });
      },
      {
        staggerMs: addressStaggerMs,
        signal: limit.signal,
        isFinal: (cause) => cause instanceof AuthenticationRefused,
        discard: ({ socket }: OpenSocket) => socket.destroy(),
      },
    );
    const { sessionLifetimeMs, socket } = opened;
    return { transport: transportOf(opened, name, options), ip: socket.remoteAddress, sessionLifetimeMs };
  } catch (error) {
    const explained = silentWithHint(explain(error, name, options), connected.size > 0, options);
    const [ip = ipOf(error)] = connected;
    options.onFailed?.({ ip, stage: stageOf(explained, connected.size > 0), error: explained });
    throw explained;
  } finally {
    limit.clear();
  }
}

function transportOf({ socket, input }: OpenSocket, address: string, { settings, onClosed }: DialOptions): Transport {
  return new Transport(socket, input, {
    address,
    secure: settings.tls !== undefined,
    authenticated: settings.sasl !== undefined,
    maxResponseBytes: settings.maxResponseBytes,
    ...(onClosed === undefined ? {} : { onClosed }),
  });
}

function deadlineSignal(address: string, ms: number, signal: AbortSignal): { signal: AbortSignal; clear(): void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  const timer = after(ms, () => {
    const text = `cannot connect to ${address}: no answer within ${Math.round(ms)} ms`;
    controller.abort(new ConnectionError('timeout', text, { address, sent: false }));
  });
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    clear() {
      timer.cancel();
      signal.removeEventListener('abort', abort);
    },
  };
}

async function resolve(host: string, signal: AbortSignal): Promise<string[]> {
  const { isIP } = await import('node:net');
  if (isIP(host) !== 0) return [host];
  const { lookup } = await import('node:dns/promises');
  // lookup() cannot be aborted; a name server that is silent must not outlast the deadline.
  const settled = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(toError(signal.reason)), { once: true, signal: settled.signal });
  });
  const found = await Promise.race([lookup(host, { all: true }), aborted]).finally(() => settled.abort());
  return [...new Set(found.map(({ address }) => address))];
}

/** A listener that took the connection and then said nothing may speak another protocol. */
function silentWithHint(error: unknown, isConnected: boolean, { settings }: DialOptions): unknown {
  if (!isConnected || !(error instanceof ConnectionError) || error.code !== 'timeout') return error;
  const { message, address, cause } = error;
  return new ConnectionError('timeout', message, { address, sent: false, hint: silentHint(settings.tls !== undefined), cause });
}

function ipOf(error: unknown): string | undefined {
  return error instanceof RaceLost && typeof error.losses[0]?.candidate === 'string' ? error.losses[0].candidate : undefined;
}

function stageOf(error: unknown, isConnected: boolean): DialFailure['stage'] {
  if (error instanceof CliError && error.code === 'authentication') return 'refused';
  return isConnected ? 'unfinished' : 'unreachable';
}

const unreachable = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);

function explain(error: unknown, address: string, { settings }: DialOptions): unknown {
  if (error instanceof AuthenticationRefused) return authenticationFailure(error, address, settings);
  if (error instanceof CliError) return error;
  const facts = { address, secure: settings.tls !== undefined, authenticated: false, answers: 0 };
  if (!(error instanceof RaceLost)) return openFailure(facts, error);
  // An address family this machine has no route for says less than the others.
  const causes = error.losses.map(({ cause }) => cause);
  const telling = causes.find((cause) => !unreachable.has(nodeErrorCode(cause) ?? '')) ?? causes[0];
  if (telling instanceof BadFrameLength) return notKafka(facts, telling.head, settings.maxResponseBytes);
  return telling instanceof CliError ? telling : openFailure(facts, telling);
}

function authenticationFailure(error: AuthenticationRefused, address: string, { sasl }: ConnectionSettings): CliError {
  const text = `cannot authenticate to ${address} with ${sasl?.mechanism ?? 'no mechanism'}: ${error.message}`;
  const hint = 'check security.protocol, sasl.mechanism and sasl.jaas.config in the file given to --command-config';
  return new CliError('authentication', text, { cause: error, hint });
}
