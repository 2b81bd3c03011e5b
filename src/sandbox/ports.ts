import { createServer, type Server } from 'node:net';
import { CliError } from '../core/errors.js';

// Below the range systems give to outgoing connections, so that a broker finds its port free again after a restart.
const lowestPort = 10_000;
const highestPort = 30_000;

/**
 * Ports of 127.0.0.1 that are free now, held all at once so that they differ.
 *
 * @throws CliError `io` when none can be found
 */
export async function findFreePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  const ports: number[] = [];
  try {
    for (let tries = 0; ports.length < count; tries++) {
      if (tries > 500) throw new CliError('io', `found no ${count} free ports on 127.0.0.1`);
      const port = lowestPort + Math.floor(Math.random() * (highestPort - lowestPort));
      const server = await listen(port);
      if (server === undefined) continue;
      held.push(server);
      ports.push(port);
    }
  } finally {
    await Promise.all(held.map(close));
  }
  return ports;
}

/** Whether a broker could listen on this port of 127.0.0.1. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = await listen(port);
  if (server !== undefined) await close(server);
  return server !== undefined;
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
