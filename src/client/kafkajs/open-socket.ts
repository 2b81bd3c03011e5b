import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Logger } from 'kafkajs/src/network/connection.js';
import type { ConnectionSettings } from '../../core/connection-settings.js';
import { longestTimerMs } from '../../timers/timers.js';
import { AuthenticationRefused } from '../authentication-refused.js';
import { socketFactory, type SocketTarget } from '../create-socket.js';
import { SocketInput } from '../socket-input.js';
import { BadFrameLength } from '../frame-reader.js';
import { saslOptions } from './sasl-options.js';
import { noteMechanisms, saslRefusal } from './sasl-refusal.js';
import { tlsOptions } from './tls-options.js';

/** Where to dial: one IP address of the broker that the user or the cluster names `host`. */
export interface Target {
  readonly host: string;
  readonly ip: string;
  readonly port: number;
}

export interface OpenSocketOptions {
  readonly settings: Pick<ConnectionSettings, 'clientId' | 'tls' | 'sasl'>;
  /** Gives up when aborted; the signal's reason becomes the cause. */
  readonly signal: AbortSignal;
  readonly debug: (message: string) => void;
  /** Called when there is a TCP connection, before TLS and SASL. */
  readonly onConnected?: (() => void) | undefined;
}

/** An authenticated connection, paused, with no listeners but one that keeps a late error from being unhandled. */
export interface OpenSocket {
  readonly socket: Socket;
  /** What it receives, for whoever attaches to it. */
  readonly input: SocketInput;
  /** Milliseconds until the broker wants a new authentication (KIP-368); 0: never. */
  readonly sessionLifetimeMs: number;
}

/** The other side ended the connection without an error. */
export class ClosedByPeer extends Error {}

/**
 * Opens TCP and TLS, has kafkajs do SASL, and takes the socket away from it.
 *
 * @throws AuthenticationRefused, or what the socket itself failed with (never wrapped, so that callers can branch on `code`)
 */
export async function openSocket(target: Target, options: OpenSocketOptions): Promise<OpenSocket> {
  const { tls, sasl } = options.settings;
  const input = new SocketInput();
  const create = await socketFactory(input, tls !== undefined);
  options.signal.throwIfAborted();
  const dial = new Dial(create, options);
  const ssl = tls === undefined ? null : tlsOptions(tls, target.host);
  try {
    const sessionLifetimeMs = sasl === undefined ? await dial.plain(target, ssl) : await authenticate(dial, target, ssl, options);
    return { socket: dial.handOver(), input, sessionLifetimeMs };
  } catch (error) {
    dial.giveUp();
    throw error instanceof AuthenticationRefused ? error : (dial.failure ?? error);
  }
}

/** Far more than any answer of a SASL exchange. */
const longestHandshake = 16 * 1024 * 1024;

/** Watches the one socket that is being opened, whoever asked the factory for it. */
class Dial {
  private readonly create: (target: SocketTarget) => Socket;
  private readonly signal: AbortSignal;
  private readonly onConnected: (() => void) | undefined;
  private socket: Socket | undefined;
  private readonly own = new Map<string, ReadonlySet<unknown>>();
  private readonly abort = (): void => {
    const reason: unknown = this.signal.reason;
    // With an error, so that kafkajs's `Connection` settles its promise and clears its timer.
    this.socket?.destroy(reason instanceof Error ? reason : new Error(String(reason)));
  };
  /** What ended the socket, as node reported it. */
  failure: Error | undefined;

  constructor(
    create: (target: SocketTarget) => Socket,
    { signal, onConnected }: Pick<OpenSocketOptions, 'signal' | 'onConnected'>,
  ) {
    this.create = create;
    this.signal = signal;
    this.onConnected = onConnected;
  }

  /** A factory that remembers the socket and which listeners are not kafkajs's. */
  readonly factory = (options: SocketTarget): Socket => {
    const socket = this.create(options);
    this.socket = socket;
    socket.setNoDelay(true);
    if (this.onConnected !== undefined) socket.once('connect', this.onConnected);
    socket.on('error', (error) => (this.failure ??= error));
    socket.on('end', () => (this.failure ??= new ClosedByPeer('closed by the other side')));
    for (const event of ['data', 'end', 'error', 'timeout']) this.own.set(event, new Set(socket.rawListeners(event)));
    this.signal.addEventListener('abort', this.abort, { once: true });
    return socket;
  };

  /** Without SASL nothing of kafkajs is needed: its `Connection` would triple the loading time. */
  plain({ ip, port }: Target, ssl: ConnectionOptions | null): Promise<number> {
    return new Promise((resolve, reject) => {
      const closed = (): void => reject(this.failure ?? new ClosedByPeer('closed while connecting'));
      const onConnect = (): void => {
        socket.off('close', closed);
        resolve(0);
      };
      const socket = this.factory({ host: ip, port, ssl, onConnect });
      socket.on('close', closed);
    });
  }

  /** Kafkajs takes any four bytes for a length and waits for as much: a web server or a TLS alert would be waited for in vain. */
  checkFirstBytes(): void {
    const { socket } = this;
    socket?.prependOnceListener('data', (chunk: Buffer) => {
      if (chunk.length >= 4 && chunk.readUInt32BE(0) > longestHandshake) socket.destroy(new BadFrameLength(chunk.readUInt32BE(0)));
    });
  }

  handOver(): Socket {
    const { socket } = this;
    if (socket === undefined) throw new Error('no socket was opened');
    this.signal.removeEventListener('abort', this.abort);
    for (const [event, own] of this.own) {
      for (const listener of socket.rawListeners(event)) {
        // rawListeners() is typed as Function[]; these are the listeners that kafkajs added with on().
        if (!own.has(listener)) socket.off(event, listener as (...args: unknown[]) => void);
      }
    }
    socket.pause();
    if (this.failure !== undefined) throw this.failure;
    return socket;
  }

  giveUp(): void {
    this.signal.removeEventListener('abort', this.abort);
    this.socket?.destroy();
  }
}

/** Runs kafkajs's own `Connection` until it is authenticated; returns the session's lifetime in milliseconds. */
async function authenticate(
  dial: Dial,
  { ip, port }: Target,
  ssl: ConnectionOptions | null,
  { settings, debug }: OpenSocketOptions,
): Promise<number> {
  const { sasl, clientId } = settings;
  if (sasl === undefined) throw new Error('authenticate() needs SASL settings');
  const Connection = (await import('kafkajs/src/network/connection.js')).default;
  const connection = new Connection({
    host: ip,
    port,
    clientId,
    logger: loggerTo(debug),
    socketFactory: dial.factory,
    ssl,
    sasl: saslOptions(sasl),
    // The caller's signal bounds everything; kafkajs's own limits must never be the shorter ones.
    connectionTimeout: longestTimerMs,
    requestTimeout: longestTimerMs,
    enforceRequestTimeout: false,
  });
  connection.versions = { 17: { minVersion: 0, maxVersion: 1 }, 36: { minVersion: 0, maxVersion: 1 } };
  connection.supportAuthenticationProtocol = true;
  const offered = noteMechanisms(connection);
  try {
    await connection.connect();
    dial.checkFirstBytes();
    await connection.authenticate().catch((error: unknown) => {
      if (dial.failure !== undefined) throw dial.failure;
      throw saslRefusal(error, sasl.mechanism, offered());
    });
    return connection.sessionLifetime.toNumber();
  } finally {
    // It keeps a timer of 1 ms going for ever otherwise.
    connection.requestQueue.destroy();
  }
}

// Not kafkajs's logger: that one obeys KAFKAJS_LOG_LEVEL, and its extra fields can hold bytes of the exchange.
function loggerTo(debug: (message: string) => void): Logger {
  const log = (message: string): void => debug(`kafkajs: ${message}`);
  const logger: Logger = { namespace: () => logger, error: log, warn: log, info: log, debug: log };
  return logger;
}
