import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { FrameReader } from '../../../src/client/frame-reader.js';
import { type ConnectionSettings, defaultConnectionSettings } from '../../../src/core/connection-settings.js';
import { decodeRequest, encodeResponse, peekRequest } from '../../../src/protocol/frame.js';
import type { AnyMessage, RequestBody, ResponseBody } from '../../../src/protocol/message.js';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.js';

/** One request as it reached the scripted broker. */
export interface Received {
  readonly apiKey: number;
  readonly version: number;
  readonly frame: Buffer;
  readonly socket: Socket;
  /** The body, for a request of this message. */
  body<M extends AnyMessage>(message: M): RequestBody<M>;
  /** Answers in the request's own version. */
  answer<M extends AnyMessage>(message: M, body: ResponseBody<M>): void;
}

/** A server on 127.0.0.1 that answers as its script says; closed when the test ends. */
export interface ScriptedBroker {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly received: Received[];
  readonly sockets: Set<Socket>;
  /** Stops listening and drops every connection. */
  stop(): Promise<void>;
}

/** Starts a broker that answers ApiVersions with `messages` and leaves everything else to `script`. */
export function startBroker(messages: readonly AnyMessage[], script: (request: Received) => void): Promise<ScriptedBroker> {
  return startServer((socket, broker) => {
    const reader = new FrameReader(1 << 24);
    socket.on('data', (chunk) =>
      reader.push(chunk, (frame) => {
        const request = receive(frame, socket);
        broker.received.push(request);
        if (request.apiKey === ApiVersions.apiKey) answerVersions(request, messages);
        else script(request);
      }),
    );
  });
}

/** Starts a server with full control over its sockets. */
export async function startServer(onConnection: (socket: Socket, broker: ScriptedBroker) => void): Promise<ScriptedBroker> {
  const sockets = new Set<Socket>();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object.
  const { port } = server.address() as AddressInfo;
  const broker: ScriptedBroker = {
    host: '127.0.0.1',
    port,
    address: `127.0.0.1:${port}`,
    received: [],
    sockets,
    stop: () => stop(server, sockets),
  };
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    onConnection(socket, broker);
  });
  onTestFinished(() => broker.stop());
  return broker;
}

/** Settings for tests: short pauses, and the given brokers as bootstrap servers. */
export function settingsFor(
  brokers: readonly { host: string; port: number }[],
  changes: Partial<ConnectionSettings> = {},
): ConnectionSettings {
  const bootstrap = brokers.map(({ host, port }) => ({ host, port }));
  return { ...defaultConnectionSettings, bootstrap, retryBackoffMs: 1, retryBackoffMaxMs: 5, apiTimeoutMs: 8000, ...changes };
}

function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}

function receive(frame: Buffer, socket: Socket): Received {
  const { apiKey, version, correlationId } = peekRequest(frame);
  return {
    apiKey,
    version,
    frame,
    socket,
    body: (message) => decodeRequest(message, frame).body,
    answer: (message, body) => void socket.write(encodeResponse(message, version, correlationId, body)),
  };
}

function answerVersions(request: Received, messages: readonly AnyMessage[]): void {
  const apiKeys = [ApiVersions, ...messages].map(({ apiKey, minVersion, maxVersion }) => ({ apiKey, minVersion, maxVersion }));
  request.answer(ApiVersions, {
    errorCode: 0,
    apiKeys,
    throttleTimeMs: 0,
    supportedFeatures: [],
    finalizedFeaturesEpoch: -1n,
    finalizedFeatures: [],
    zkMigrationReady: false,
  });
}
