import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { FrameReader } from '../../src/client/frame-reader.js';
import { decodeRequest, encodeResponse, peekRequest } from '../../src/protocol/frame.js';
import type { AnyMessage, RequestBody, ResponseBody } from '../../src/protocol/message.js';
import { ApiVersions } from '../../src/protocol/messages/api-versions.js';

/** How a broker that knows only some messages answers one of them; `undefined`: never. */
export interface Declared {
  readonly message: AnyMessage;
  readonly answer: (frame: Buffer) => unknown;
}

/** Pairs a message with a handler of its request's body. */
export function declared<M extends AnyMessage>(
  message: M,
  answer: (body: RequestBody<M>) => ResponseBody<M> | undefined,
): Declared {
  return { message, answer: (frame) => answer(decodeRequest(message, frame).body) };
}

/** A server on 127.0.0.1 that speaks Kafka's protocol through the declared messages, as far as it was told to. */
export class DeclaredBroker {
  readonly port: number;
  private readonly server: Server;
  private readonly sockets: Set<Socket>;

  private constructor(server: Server, sockets: Set<Socket>) {
    this.server = server;
    this.sockets = sockets;
    this.port = (server.address() as AddressInfo).port; // it listens on TCP
  }

  /** Starts it; what it says of itself names `silent` messages, too, which it never answers. */
  static async start(answers: readonly Declared[], silent: readonly AnyMessage[] = []): Promise<DeclaredBroker> {
    const known = [...new Set([ApiVersions, ...answers.map(({ message }) => message), ...silent])];
    const versions = declared(ApiVersions, () => versionsOf(known));
    const byKey = new Map([versions, ...answers].map((each) => [each.message.apiKey, each]));
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
      const reader = new FrameReader(1 << 26);
      socket.on('data', (chunk) => reader.push(chunk, (frame) => reply(socket, frame, byKey)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new DeclaredBroker(server, sockets);
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }
}

function reply(socket: Socket, frame: Buffer, byKey: ReadonlyMap<number, Declared>): void {
  const { apiKey, version, correlationId } = peekRequest(frame);
  const found = byKey.get(apiKey);
  const body = found?.answer(frame);
  if (found !== undefined && body !== undefined) socket.write(encodeResponse(found.message, version, correlationId, body));
}

function versionsOf(messages: readonly AnyMessage[]): ResponseBody<typeof ApiVersions> {
  return {
    errorCode: 0,
    apiKeys: messages.map(({ apiKey, minVersion, maxVersion }) => ({ apiKey, minVersion, maxVersion })),
    throttleTimeMs: 0,
    supportedFeatures: [],
    finalizedFeaturesEpoch: -1n,
    finalizedFeatures: [],
    zkMigrationReady: false,
  };
}
