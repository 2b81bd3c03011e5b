import { decodeRawResponse, encodeResponse } from '../../src/protocol/frame.js';
import type { AnyMessage } from '../../src/protocol/message.js';
import { DescribeCluster } from '../../src/protocol/messages/describe-cluster.js';
import { FindCoordinator } from '../../src/protocol/messages/find-coordinator.js';
import { Metadata } from '../../src/protocol/messages/metadata.js';

const naming: ReadonlyMap<number, AnyMessage> = new Map(
  [Metadata, FindCoordinator, DescribeCluster].map((message: AnyMessage) => [message.apiKey, message]),
);

/** Answers that say where brokers are, with other ports in them; other answers as they are. The frame comes and goes with its size. */
export function rewriteAddresses(
  request: { readonly apiKey: number; readonly version: number },
  frame: Buffer,
  portOf: (port: number) => number,
): Buffer {
  const message = naming.get(request.apiKey);
  if (message === undefined) return withSize(frame);
  const answer: { correlationId: number; body: unknown } = decodeRawResponse(message, request.version, frame);
  return encodeResponse(message, request.version, answer.correlationId, replacePorts(answer.body, portOf));
}

export function withSize(frame: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32BE(frame.length);
  return Buffer.concat([size, frame]);
}

/** Every field of the name `port`, wherever it stands. */
function replacePorts(value: unknown, portOf: (port: number) => number): unknown {
  if (Array.isArray(value)) return value.map((item) => replacePorts(item, portOf));
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      key === 'port' && typeof field === 'number' ? portOf(field) : replacePorts(field, portOf),
    ]),
  );
}
