import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ConnectionError } from '../../../src/client/connection-error.js';
import { type AnswerMemory, type Exchange, Transport } from '../../../src/client/transport.js';
import { SocketInput } from '../../../src/client/socket-input.js';
import { type ScriptedBroker, startServer } from './scripted-broker.js';

/** A frame as a broker would send it: size, correlation id, rest. */
function answer(correlationId: number, rest = ''): Buffer {
  const bytes = Buffer.alloc(8 + rest.length);
  bytes.writeInt32BE(4 + rest.length, 0);
  bytes.writeInt32BE(correlationId, 4);
  bytes.write(rest, 8, 'latin1');
  return bytes;
}

function ask(changes: Partial<Exchange> = {}): Exchange {
  return { name: 'Metadata', encode: (id) => [answer(id)], timeoutMs: 5000, ...changes };
}

async function open(
  onConnection: (socket: Socket) => void,
  options: { maxResponseBytes?: number; secure?: boolean; onClosed?: () => void } = {},
): Promise<{ transport: Transport; broker: ScriptedBroker }> {
  const broker = await startServer(onConnection);
  const input = new SocketInput();
  const socket = connect({ host: broker.host, port: broker.port, onread: input.onread });
  input.belongsTo(socket);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.pause();
  const transport = new Transport(socket, input, {
    address: broker.address,
    secure: options.secure ?? false,
    authenticated: false,
    maxResponseBytes: options.maxResponseBytes ?? 1000,
    ...(options.onClosed === undefined ? {} : { onClosed: options.onClosed }),
  });
  onTestFinished(() => transport.destroy());
  return { transport, broker };
}

function containing(text: string): unknown {
  return expect.stringContaining(text);
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('pipelined requests are answered in order, whatever pieces the answers come in', async () => {
  const { transport } = await open((socket) => {
    const bytes = Buffer.concat([answer(0, 'first'), answer(1, 'second'), answer(2, 'third')]);
    const trickle = (at: number): void => {
      socket.write(bytes.subarray(at, at + 3));
      if (at + 3 < bytes.length) setImmediate(() => trickle(at + 3));
    };
    trickle(0);
  });
  const answers = await Promise.all([transport.send(ask()), transport.send(ask()), transport.send(ask())]);
  expect(answers.map((frame) => frame.toString('latin1', 4))).toEqual(['first', 'second', 'third']);
  expect(transport.inFlight).toBe(0);
});

test('a request given as several buffers arrives as one piece, and its buffers are free once written', async () => {
  const received: Buffer[] = [];
  const { transport } = await open((socket) => {
    socket.on('data', (chunk) => {
      received.push(chunk);
      socket.write(answer(0));
    });
  });
  const onFlushed = vi.fn();
  await transport.send(ask({ encode: () => [Buffer.from('head'), Buffer.from('batch'), Buffer.from('tail')], onFlushed }));
  expect(Buffer.concat(received).toString()).toBe('headbatchtail');
  expect(onFlushed).toHaveBeenCalledTimes(1);
});

test('a missed deadline destroys the connection and rejects everything that waits', async () => {
  const onClosed = vi.fn();
  const { transport } = await open(() => {}, { onClosed });
  const slow = failureOf(transport.send(ask({ timeoutMs: 30 })));
  const behind = failureOf(transport.send(ask({ name: 'Fetch' })));
  expect(await slow).toMatchObject({ code: 'timeout', sent: true, message: containing('to Metadata within 30 ms') });
  expect(await behind).toBe(await slow);
  expect(transport.closed).toBe(true);
  expect(onClosed).toHaveBeenCalledTimes(1);
});

test('nothing is sent after the connection broke, and the error says that nothing was', async () => {
  const { transport } = await open((socket) => socket.on('data', () => socket.destroy()));
  const first = await failureOf(transport.send(ask()));
  expect(first).toBeInstanceOf(ConnectionError);
  expect(first).toMatchObject({ code: 'connection', sent: true });
  const onFlushed = vi.fn();
  expect(await failureOf(transport.send(ask({ onFlushed })))).toMatchObject({ code: 'connection', sent: false });
  expect(onFlushed).toHaveBeenCalledTimes(1);
});

test('a connection closed before the first answer hints at security.protocol', async () => {
  const { transport } = await open((socket) => socket.on('data', () => socket.end()));
  expect(await failureOf(transport.send(ask()))).toMatchObject({ hint: containing('security.protocol=SSL') });
});

test('a connection closed right after the first answer hints at SASL', async () => {
  const { transport } = await open((socket) => {
    socket.once('data', () => {
      socket.write(answer(0));
      socket.once('data', () => socket.end());
    });
  });
  await transport.send(ask());
  expect(await failureOf(transport.send(ask()))).toMatchObject({ hint: containing('SASL_PLAINTEXT') });
});

test('an answer announced as larger than the limit ends the connection at once', async () => {
  const { transport } = await open((socket) => socket.on('data', () => socket.write(Buffer.from([0x7f, 0, 0, 0]))));
  expect(await failureOf(transport.send(ask()))).toMatchObject({
    code: 'connection',
    message: containing('2130706432 bytes (limit 1000)'),
  });
});

test('a TLS alert in place of an answer is recognised', async () => {
  const { transport } = await open((socket) => socket.on('data', () => socket.write(Buffer.from([0x15, 3, 3, 0, 2, 2, 80]))));
  expect(await failureOf(transport.send(ask()))).toMatchObject({
    message: containing('speaks TLS'),
    hint: containing('security.protocol=SSL'),
  });
});

test('a web server is recognised', async () => {
  const { transport } = await open((socket) => socket.on('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')));
  expect(await failureOf(transport.send(ask()))).toMatchObject({ message: containing('web server') });
});

test('an answer to another request ends the connection', async () => {
  const { transport } = await open((socket) => socket.on('data', () => socket.write(answer(77))));
  expect(await failureOf(transport.send(ask()))).toMatchObject({ code: 'protocol' });
  expect(transport.closed).toBe(true);
});

test('an aborted request leaves the connection to the others, and its late answer is dropped', async () => {
  let reply = (): void => {};
  const { transport } = await open((socket) => (reply = () => socket.write(Buffer.concat([answer(0, 'late'), answer(1, 'mine')]))));
  const stop = new AbortController();
  const aborted = failureOf(transport.send(ask({ signal: stop.signal, timeoutMs: 200 })));
  const other = transport.send(ask());
  stop.abort();
  expect(await aborted).toMatchObject({ code: 'aborted' });
  reply();
  expect((await other).toString('latin1', 4)).toBe('mine');
  expect(transport.closed).toBe(false);
});

test('a signal aborted before the request sends nothing', async () => {
  const { transport } = await open(() => {});
  expect(await failureOf(transport.send(ask({ signal: AbortSignal.abort() })))).toMatchObject({ code: 'aborted' });
  expect(transport.inFlight).toBe(0);
});

test('destroying the connection rejects a long poll at once', async () => {
  const { transport } = await open(() => {});
  const poll = failureOf(transport.send(ask({ timeoutMs: 60_000 })));
  transport.destroy();
  expect(await poll).toMatchObject({ code: 'aborted' });
});

test('a retired connection answers what is in flight, then ends', async () => {
  let reply = (): void => {};
  const { transport } = await open((socket) => (reply = () => socket.write(answer(0, 'done'))));
  const last = transport.send(ask());
  transport.retire();
  expect(transport.closed).toBe(false);
  reply();
  expect((await last).toString('latin1', 4)).toBe('done');
  expect(transport.closed).toBe(true);
});

test('who was given a connection that was retired before the request learns that nothing was sent', async () => {
  const { transport } = await open(() => {});
  transport.retire();
  expect(await failureOf(transport.send(ask()))).toMatchObject({ code: 'connection', sent: false });
});

test('a full socket says so and tells when it has room again', async () => {
  const { transport } = await open((socket) => {
    socket.pause();
    setTimeout(() => socket.resume(), 50);
  });
  const big = Buffer.alloc(8 << 20);
  const flushed = vi.fn();
  void failureOf(transport.send(ask({ encode: () => [big], onFlushed: flushed })));
  expect(transport.isFull).toBe(true);
  await transport.drained();
  expect(transport.isFull).toBe(false);
  expect(flushed).toHaveBeenCalledTimes(1);
});

test('a request without an answer is done once it is written', async () => {
  const received: Buffer[] = [];
  const { transport } = await open((socket) => socket.on('data', (chunk) => received.push(chunk)));
  await transport.send(ask({ answered: false, encode: () => [Buffer.from('no answer wanted')] }));
  expect(transport.inFlight).toBe(0);
  await vi.waitFor(() => expect(Buffer.concat(received).toString()).toBe('no answer wanted'));
});

test('waiting for room ends when the connection does', async () => {
  const { transport } = await open((socket) => socket.pause());
  void failureOf(transport.send(ask({ encode: () => [Buffer.alloc(32 << 20)] })));
  const drained = transport.drained();
  transport.destroy();
  await drained;
  expect(transport.isFull).toBe(false);
});

/** Memory that says what happens to it. */
function memory(): AnswerMemory & { readonly place: Buffer; readonly log: string[] } {
  const place = Buffer.alloc(64);
  const log: string[] = [];
  return {
    place,
    log,
    take(length) {
      log.push(`take ${length}`);
      return place.subarray(0, length);
    },
    arrived: () => log.push('arrived'),
  };
}

test('an answer is received where its request says, and the next one somewhere else', async () => {
  const { transport } = await open((socket) => {
    socket.once('data', () => {
      socket.write(answer(0, 'the first ').subarray(0, 10));
      setImmediate(() => socket.write(Buffer.concat([answer(0, 'the first ').subarray(10), answer(1, 'second')])));
    });
  });
  const first = memory();
  const answers = await Promise.all([transport.send(ask({ memory: first })), transport.send(ask())]);
  expect(answers.map((frame) => frame.toString('latin1', 4))).toEqual(['the first ', 'second']);
  expect(answers[0].buffer).toBe(first.place.buffer);
  expect(answers[1].buffer).not.toBe(first.place.buffer);
  expect(first.log).toEqual(['take 14', 'arrived']);
});

test('memory of an answer that nobody waits for any more is free only when that answer has come', async () => {
  let reply = (): void => {};
  const { transport } = await open((socket) => {
    socket.once('data', () => socket.write(answer(0, 'late').subarray(0, 9)));
    reply = () => socket.write(Buffer.concat([answer(0, 'late').subarray(9), answer(1)]));
  });
  const stop = new AbortController();
  const place = memory();
  const aborted = failureOf(transport.send(ask({ memory: place, signal: stop.signal })));
  const other = transport.send(ask());
  await vi.waitFor(() => expect(place.log).toEqual(['take 8']));
  stop.abort();
  await aborted;
  expect(place.log).toEqual(['take 8']);
  reply();
  await other;
  expect(place.log).toEqual(['take 8', 'arrived']);
});

test('memory of an answer that breaks off is free once the socket has closed', async () => {
  const { transport } = await open((socket) => socket.once('data', () => socket.end(answer(0, 'whole').subarray(0, 9))));
  const place = memory();
  await failureOf(transport.send(ask({ memory: place })));
  await vi.waitFor(() => expect(place.log).toEqual(['take 9', 'arrived']));
});

test('what a server says before it is asked is not lost', async () => {
  const { transport } = await open((socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'));
  expect(await failureOf(transport.send(ask()))).toMatchObject({ code: 'connection', message: containing("begins with 'SSH-'") });
});
