import { connect } from 'node:net';
import { Reader } from '../protocol/reader.js';
import { Writer } from '../protocol/writer.js';

const metadataKey = 3;
/** The oldest version that names the controller and does not ask for every topic. */
const metadataVersion = 1;

/**
 * Asks the broker at a port of 127.0.0.1 for metadata: the sorted ids of the brokers it knows as registered and unfenced, or
 * `undefined` when it does not answer (yet).
 */
export function probeBroker(port: number, timeoutMs = 2000): Promise<number[] | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answer: number[] | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(undefined), timeoutMs);
    socket.on('error', () => finish(undefined));
    socket.on('close', () => finish(undefined));
    socket.on('connect', () => socket.write(encodeRequest()));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      if (bytes.length >= 4 && bytes.length >= 4 + bytes.readInt32BE(0)) finish(decodeBrokers(bytes));
    });
  });
}

function encodeRequest(): Buffer {
  const clientId = Buffer.from('kafkit-sandbox');
  const writer = new Writer();
  writer.int16(metadataKey);
  writer.int16(metadataVersion);
  writer.int32(1); // correlation id
  writer.int16(clientId.length);
  writer.bytes(clientId);
  writer.int32(0); // no topics
  const body = writer.finish();
  const frame = Buffer.alloc(4 + body.length);
  frame.writeInt32BE(body.length);
  body.copy(frame, 4);
  return frame;
}

/** The broker ids in a framed Metadata answer; `undefined` for bytes that are none. */
export function decodeBrokers(frame: Buffer): number[] | undefined {
  try {
    const reader = new Reader(frame);
    reader.skip(8); // length and correlation id
    const ids: number[] = [];
    for (let count = reader.int32(); count > 0; count--) {
      ids.push(reader.int32());
      reader.skip(reader.int16()); // host
      reader.skip(4); // port
      const rackLength = reader.int16();
      if (rackLength > 0) reader.skip(rackLength);
    }
    return ids.sort((left, right) => left - right);
  } catch {
    return undefined;
  }
}
