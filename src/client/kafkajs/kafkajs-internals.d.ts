// The parts of kafkajs 2.2.4 (pinned) that are reached by deep import and have no published types.

declare module 'kafkajs/src/network/connection.js' {
  import type { Socket } from 'node:net';
  import type { ConnectionOptions } from 'node:tls';

  export type SocketFactory = (options: {
    host: string;
    port: number;
    ssl: ConnectionOptions | null;
    onConnect: () => void;
  }) => Socket;

  export interface Logger {
    namespace(name: string): Logger;
    error(message: string): void;
    warn(message: string): void;
    info(message: string): void;
    debug(message: string): void;
  }

  /** One request as kafkajs sends it, with how its answer is read. */
  export interface Exchange {
    request: { apiKey: number };
    response: { decode(bytes: Buffer): Promise<unknown>; parse(data: unknown): unknown };
  }

  export default class Connection {
    constructor(options: {
      host: string;
      port: number;
      clientId: string;
      logger: Logger;
      socketFactory: SocketFactory;
      ssl: ConnectionOptions | null;
      sasl: object | null;
      connectionTimeout: number;
      requestTimeout: number;
      enforceRequestTimeout: boolean;
    });
    /** Versions of the broker by API key, as kafkajs's authenticator looks them up. */
    versions: Record<number, { minVersion: number; maxVersion: number }> | null;
    supportAuthenticationProtocol: boolean | null;
    /** A `Long` of milliseconds; zero: unlimited. */
    sessionLifetime: { toNumber(): number };
    requestQueue: { destroy(): void };
    connect(): Promise<boolean>;
    authenticate(): Promise<void>;
    send(exchange: Exchange): Promise<unknown>;
  }
}
