import { connect } from 'node:net';
import { decodeResponse, encodeRequest } from '../protocol/frame.js';
import type { AnyMessage, RequestBody, ResponseBody } from '../protocol/message.js';
import { after } from '../timers/timers.js';

const lengthBytes = 4;

/**
 * Sends one request to the broker at a port of 127.0.0.1 and reads its answer, over a connection of its own: what a sandbox
 * needs before there is a cluster to open.
 *
 * @throws Error when nothing answers in time, ProtocolError for bytes that are no answer
 */
export function askBroker<M extends AnyMessage>(
  port: number,
  message: M,
  body: RequestBody<M>,
  timeoutMs: number,
): Promise<ResponseBody<M>> {
  // Brokers of every version the sandbox can run speak the oldest one we declare.
  const version = message.minVersion;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' });
    const fail = (error: Error): void => {
      timer.cancel();
      socket.destroy();
      reject(error);
    };
    const timer = after(timeoutMs, () => fail(new Error(`no answer from port ${port} within ${timeoutMs} ms`)));
    socket.on('error', fail);
    socket.on('close', () => fail(new Error(`port ${port} closed the connection`)));
    socket.on('connect', () => socket.write(encodeRequest(message, version, 1, 'kafkit-sandbox', body)));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      if (bytes.length < lengthBytes || bytes.length < lengthBytes + bytes.readInt32BE(0)) return;
      try {
        resolve(decodeResponse(message, version, bytes.subarray(lengthBytes), body).body);
        fail(new Error('answered'));
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}
