import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { runBin, runKafkit } from './fixture/run-kafkit.js';

let server: Server;
let port: number;

/** Passes connections to ::1 on to the broker that all tests share. */
beforeAll(async () => {
  const broker = Number(inject('bootstrap').split(':').at(-1));
  server = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port: broker });
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
  port = (server.address() as AddressInfo).port; // it listens on TCP
});

afterAll(() => void server.close());

test.each(['::1:', '[::1]:', 'PLAINTEXT://::1:', '0:0:0:0:0:0:0:1:'])('both fronts start from %sPORT', async (address) => {
  const native = await runKafkit(['topics', 'list', '-b', `${address}${port}`]);
  expect(native).toMatchObject({ code: 0, stderr: '' });
  for (const tool of ['kafka-topics', 'kafka-consumer-groups']) {
    expect(await runBin(tool, ['--list', '--bootstrap-server', `${address}${port}`])).toMatchObject({ code: 0, stderr: '' });
  }
  expect(await runBin('kafka-get-offsets', ['--topic', 'no-such', '--bootstrap-server', `${address}${port}`])).toMatchObject({
    code: 1,
  });
});

test('an address without its port is told apart', async () => {
  const native = await runKafkit(['topics', 'list', '-b', '::1']);
  expect(native).toMatchObject({ code: 2 });
  expect(native.stderr).toContain('write [::1]:9092');
  const tool = await runBin('kafka-topics', ['--list', '--bootstrap-server', '::1']);
  expect(tool).toMatchObject({ code: 1 });
  expect(tool.stdout + tool.stderr).toContain('No resolvable bootstrap urls given in bootstrap.servers');
});
