import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { encodeResponse } from '../../../src/protocol/frame.js';
import { Metadata } from '../../../src/protocol/messages/metadata.js';
import { probeBroker } from '../../../src/sandbox/probe-broker.js';

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

function metadataAnswer(ids: readonly number[]): Buffer {
  const brokers = ids.map((nodeId) => ({ nodeId, host: 'host', port: 9092, rack: nodeId % 2 === 0 ? null : 'r1' }));
  const body = { throttleTimeMs: 0, brokers, clusterId: 'c', controllerId: 1, topics: [] };
  return encodeResponse(Metadata, Metadata.minVersion, 1, body);
}

async function answerWith(pieces: readonly Buffer[]): Promise<number> {
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      for (const piece of pieces) socket.write(piece);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // a TCP server's address is never a path
}

test('the brokers of an answer are sorted, with and without a rack', async () => {
  expect(await probeBroker(await answerWith([metadataAnswer([3, 1, 2])]))).toEqual([1, 2, 3]);
});

test('an answer that comes in pieces is put together', async () => {
  const answer = metadataAnswer([1]);
  const port = await answerWith([answer.subarray(0, 3), answer.subarray(3, 9), answer.subarray(9)]);
  expect(await probeBroker(port)).toEqual([1]);
});

test('bytes that are no answer are no broker', async () => {
  const cut = metadataAnswer([1]).subarray(0, 14);
  cut.writeInt32BE(10);
  expect(await probeBroker(await answerWith([cut]))).toBeUndefined();
});

test('silence and a closed port are no broker', async () => {
  expect(await probeBroker(await answerWith([]), 100)).toBeUndefined();
  server?.close();
  expect(await probeBroker(1, 1000)).toBeUndefined();
});
