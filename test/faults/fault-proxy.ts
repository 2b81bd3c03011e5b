import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { ProxiedConnection, type ConnectionHost, type Weather } from './proxied-connection.js';
import type { Random } from './random.js';

/** Stands before every broker of a cluster and makes trouble on command. Clients that start from `bootstrap` meet it everywhere. */
export class FaultProxy implements ConnectionHost {
  weather: Weather = 'calm';
  /** How often trouble met a connection in use. */
  hits = 0;
  readonly random: Random;
  private readonly servers: Server[] = [];
  private readonly ports = new Map<number, number>();
  private readonly connections = new Set<ProxiedConnection>();

  private constructor(random: Random) {
    this.random = random;
  }

  static async start(brokerPorts: readonly number[], random: Random): Promise<FaultProxy> {
    const proxy = new FaultProxy(random);
    for (const port of brokerPorts) await proxy.serve(port);
    return proxy;
  }

  get bootstrap(): string {
    return [...this.ports.values()].map((port) => `127.0.0.1:${port}`).join(',');
  }

  portOf(port: number): number {
    return this.ports.get(port) ?? port;
  }

  hit(): void {
    this.hits++;
  }

  /** Resets every open connection. */
  cutAll(): void {
    this.each((connection) => connection.cut());
  }

  halfCloseAll(): void {
    this.each((connection) => connection.halfClose());
  }

  stop(): void {
    this.cutAll();
    for (const server of this.servers) server.close();
  }

  private each(act: (connection: ProxiedConnection) => void): void {
    for (const connection of this.connections) {
      if (!connection.isOpen) continue;
      this.hits++;
      act(connection);
    }
  }

  private async serve(brokerPort: number): Promise<void> {
    const server = createServer((client) => {
      const broker = connect({ host: '127.0.0.1', port: brokerPort });
      const connection = new ProxiedConnection(client, broker, this);
      this.connections.add(connection);
      client.on('close', () => this.connections.delete(connection));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.servers.push(server);
    this.ports.set(brokerPort, (server.address() as AddressInfo).port); // it listens on TCP
  }
}
