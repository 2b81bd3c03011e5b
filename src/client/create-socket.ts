import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { SocketInput } from './socket-input.js';

// As kafkajs has it.
const keepAliveDelayMs = 60_000;

export interface SocketTarget {
  readonly host: string;
  readonly port: number;
  /** `null`: no TLS. */
  readonly ssl: ConnectionOptions | null;
  readonly onConnect: () => void;
}

/** Makes sockets that put what they receive straight where `input` says; loads TLS only where it is wanted. */
export async function socketFactory(input: SocketInput, isSecure: boolean): Promise<(target: SocketTarget) => Socket> {
  const net = await import('node:net');
  const tls = isSecure ? await import('node:tls') : undefined;
  const { onread } = input;
  return ({ host, port, ssl, onConnect }) => {
    const options = { host, port, onread };
    // Node's documentation has `onread` for TLS as well, its types do not.
    const socket = tls === undefined ? net.connect(options, onConnect) : tls.connect({ ...ssl, ...options } as object, onConnect);
    input.belongsTo(socket);
    socket.setKeepAlive(true, keepAliveDelayMs);
    return socket;
  };
}
