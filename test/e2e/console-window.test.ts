import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { produceValues, sortedLines, startConsumer, valuesOf } from './console-group-run.js';
import { runConsole } from './console-run.js';
import { createTopic } from './fixture/topics.js';

let home: string;
let orders: string;
let bills: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-window-'));
  orders = await createTopic('orders', { partitions: 3 });
  bills = await createTopic('bills');
  await produceValues(orders, valuesOf(3, 0, 10));
  await produceValues(bills, valuesOf(1, 0, 10));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Writes an offset file and gives its path; keys are `topic-partition`. */
async function offsetFile(name: string, offsets: Readonly<Record<string, number>>): Promise<string> {
  const partitions = Object.entries(offsets).map(([key, offset]) => {
    const dash = key.lastIndexOf('-');
    return { topic: key.slice(0, dash), partition: Number(key.slice(dash + 1)), offset };
  });
  const path = join(home, name);
  await writeFile(path, JSON.stringify({ version: 1, partitions }));
  return path;
}

const columns = ['--print', 'topic,value', '--separator', ' '];

test('two offset files print exactly what lies between them, of all topics or of those named', async () => {
  const from = await offsetFile('from.json', { [`${orders}-0`]: 2, [`${orders}-1`]: 4, [`${bills}-0`]: 9 });
  const to = await offsetFile('to.json', { [`${orders}-0`]: 5, [`${orders}-1`]: 4, [`${bills}-0`]: 10 });
  const files = ['--from-offsets', from, '--to-offsets', to, ...columns];
  const all = await runConsole(['consume', ...files]);
  expect(all).toMatchObject({ code: 0, stderr: '' });
  const ofOrders = [`${orders} 0:2`, `${orders} 0:3`, `${orders} 0:4`];
  expect(sortedLines(all.stdout)).toEqual([`${bills} 0:9`, ...ofOrders]);
  expect(sortedLines((await runConsole(['consume', orders, ...files])).stdout)).toEqual(ofOrders);
  const other = await runConsole(['consume', 'other', ...files]);
  expect(other).toMatchObject({ code: 2, stdout: '' });
  expect(other.stderr).toContain("no offset file names topic 'other'");
});

test('a partition without a stop is read to its end, or for ever', async () => {
  const from = await offsetFile('start.json', { [`${orders}-2`]: 8 });
  expect((await runConsole(['consume', '--from-offsets', from, '--exit-at-end'])).stdout).toBe('2:8\n2:9\n');
  const running = await startConsumer('--from-offsets', from, orders);
  await running.waitFor('stdout', /2:9/);
  await produceValues(orders, ['2:10']);
  await running.waitFor('stdout', /2:10/);
  running.kill('SIGINT');
  expect(await running.outcome).toMatchObject({ code: 130, stdout: '2:8\n2:9\n2:10\n' });
});

test('a partition without a start is read from its first record', async () => {
  const to = await offsetFile('stop.json', { [`${bills}-0`]: 3 });
  expect(await runConsole(['consume', '--to-offsets', to])).toMatchObject({ code: 0, stdout: '0:0\n0:1\n0:2\n' });
});

test('a stop that the log has not reached is waited for, or with --exit-at-end not', async () => {
  const from = await offsetFile('near.json', { [`${bills}-0`]: 9 });
  const to = await offsetFile('far.json', { [`${bills}-0`]: 12 });
  const files = ['--from-offsets', from, '--to-offsets', to];
  expect((await runConsole(['consume', ...files, '--exit-at-end'])).stdout).toBe('0:9\n');
  const running = await startConsumer(...files);
  await running.waitFor('stdout', /0:9/);
  await produceValues(bills, ['0:10', '0:11', '0:12']);
  expect(await running.outcome).toMatchObject({ code: 0, stdout: '0:9\n0:10\n0:11\n' });
});

test('a range that ends before it starts is refused before anything is read, every partition named', async () => {
  const from = await offsetFile('late.json', { [`${orders}-0`]: 6, [`${orders}-1`]: 1, [`${orders}-2`]: 7 });
  const to = await offsetFile('early.json', { [`${orders}-0`]: 5, [`${orders}-1`]: 4, [`${orders}-2`]: 0 });
  const outcome = await runConsole(['consume', '--from-offsets', from, '--to-offsets', to]);
  expect(outcome).toMatchObject({ code: 2, stdout: '' });
  expect(outcome.stderr).toContain(`partition ${orders}-0: it starts at offset 6, behind its stop at 5`);
  expect(outcome.stderr).toContain(`partition ${orders}-2: it starts at offset 7, behind its stop at 0`);
  expect(outcome.stderr).not.toContain(`${orders}-1`);
});

test('files that are not there, and offsets that are not there, are errors', async () => {
  const missing = await runConsole(['consume', '--from-offsets', join(home, 'no.json')]);
  expect(missing).toMatchObject({ code: 2, stdout: '' });
  const past = await offsetFile('past.json', { [`${orders}-0`]: 99 });
  const outcome = await runConsole(['consume', '--from-offsets', past]);
  expect(outcome).toMatchObject({ code: 1, stdout: '' });
  expect(outcome.stderr).toContain(`offset 99 lies behind the end of partition ${orders}-0, which is 10`);
  const unknown = await offsetFile('unknown.json', { 'no-such-topic-0': 1 });
  expect(await runConsole(['consume', '--from-offsets', unknown])).toMatchObject({ code: 1, stdout: '' });
  expect((await runConsole(['consume', '--from-offsets', past, '--from-beginning'])).code).toBe(2);
});
