import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { decodeBrokers, probeBroker } from '../../../src/sandbox/probe-broker.js';
import { Writer } from '../../../src/protocol/writer.js';

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

function metadataAnswer(ids: readonly number[]): Buffer {
  const writer = new Writer();
  writer.int32(1);
  writer.int32(ids.length);
  for (const id of ids) {
    writer.int32(id);
    writer.int16(4);
    writer.bytes(Buffer.from('host'));
    writer.int32(9092);
    if (id % 2 === 0) writer.int16(-1);
    else {
      writer.int16(2);
      writer.bytes(Buffer.from('r1'));
    }
  }
  writer.int32(1);
  writer.int32(0);
  const body = writer.finish();
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
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

test('the brokers of an answer are sorted, with and without a rack', () => {
  expect(decodeBrokers(metadataAnswer([3, 1, 2]))).toEqual([1, 2, 3]);
});

test('an answer that comes in pieces is put together', async () => {
  const answer = metadataAnswer([1]);
  const port = await answerWith([answer.subarray(0, 3), answer.subarray(3, 9), answer.subarray(9)]);
  expect(await probeBroker(port)).toEqual([1]);
});

test('bytes that are no answer, silence and a closed port are all no broker', async () => {
  expect(decodeBrokers(metadataAnswer([1]).subarray(0, 14))).toBeUndefined();
  const port = await answerWith([]);
  expect(await probeBroker(port, 100)).toBeUndefined();
  server?.close();
  expect(await probeBroker(1, 1000)).toBeUndefined();
});
