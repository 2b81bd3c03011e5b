import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isBrokerRunning } from '../../../src/sandbox/broker-identity.js';
import { startBrokerProcess, type BrokerProcess } from '../../../src/sandbox/broker-process.js';
import { logFile } from '../../../src/sandbox/broker-settings.js';
import type { Kafka } from '../../../src/sandbox/locate-kafka.js';

let folder: string;
let dir: string;
let started: BrokerProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-process-'));
  dir = join(folder, 'cluster', 'broker-1');
  await mkdir(dir, { recursive: true });
  started = [];
});

afterEach(async () => {
  for (const process of started) await process.stop(0);
  await rm(folder, { recursive: true, force: true });
});

/** A Java that is a shell script. */
async function fakeKafka(script: string): Promise<Kafka> {
  const path = join(folder, 'java');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return { version: '4.3.0', libs: join(folder, 'libs'), java: { path, version: '17.0.1' }, cache: folder };
}

async function start(script: string, isDisposable = false): Promise<BrokerProcess> {
  const process = await startBrokerProcess({ kafka: await fakeKafka(script), dir, isDisposable });
  started.push(process);
  return process;
}

async function eventually(check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await check()) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await check()).toBe(true);
}

const sleepAs = 'echo "I am $$"; while :; do sleep 0.05; done';

test('the process id is the broker’s own, and its output goes to the log', async () => {
  const broker = await start(sleepAs);
  await eventually(async () => (await readFile(logFile(dir), 'utf8')) === `I am ${broker.pid}\n`);
  expect(await isBrokerRunning({ pid: broker.pid, dir })).toBe(true);
  expect(await isBrokerRunning({ pid: broker.pid, dir: `${dir}-other` })).toBe(false);
});

test('a broker that ends says how', async () => {
  expect(await (await start('exit 3')).ended).toEqual({ code: 3, signal: null });
});

test('one that does not listen to SIGTERM is killed in the end', async () => {
  const broker = await start(`trap '' TERM; ${sleepAs}`);
  await eventually(async () => (await readFile(logFile(dir), 'utf8')).startsWith('I am'));
  await broker.stop(200);
  expect(broker.result).toEqual({ code: null, signal: 'SIGKILL' });
});

test('a stopped process ends as well as a running one', async () => {
  const broker = await start(sleepAs);
  broker.signal('SIGSTOP');
  await broker.stop(5000);
  expect(broker.result).toEqual({ code: null, signal: 'SIGTERM' });
});

test('the folder of a disposable broker stays when we end it ourselves', async () => {
  const broker = await start(sleepAs, true);
  await broker.stop(0);
  await new Promise((resolve) => setTimeout(resolve, 1500)); // longer than the guard waits before it removes anything
  expect(await readdir(dir)).toContain('broker.log');
});

/** Starts a broker in another process, which is then killed without warning. */
async function startInDoomedProcess(isDisposable: boolean, release: boolean): Promise<number> {
  const module = new URL('../../../src/sandbox/broker-process.ts', import.meta.url).href;
  const kafka = await fakeKafka(sleepAs);
  const program = `
    const { startBrokerProcess } = await import(${JSON.stringify(module)});
    const broker = await startBrokerProcess(${JSON.stringify({ kafka, dir, isDisposable })});
    ${release ? 'broker.release();' : ''}
    console.log(broker.pid);
    setInterval(() => {}, 1000);`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', program];
  const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk))));
  await eventually(() => isBrokerRunning({ pid, dir }));
  const ended = new Promise((resolve) => parent.once('exit', resolve));
  parent.kill('SIGKILL');
  await ended;
  return pid;
}

test('a broker dies with a process that is killed, and its disposable folder goes', async () => {
  const pid = await startInDoomedProcess(true, false);
  await eventually(async () => !(await isBrokerRunning({ pid, dir })));
  await eventually(async () => !(await readdir(folder)).includes('cluster'));
});

test('a released broker lives on', async () => {
  const pid = await startInDoomedProcess(false, true);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await isBrokerRunning({ pid, dir })).toBe(true);
  process.kill(pid, 'SIGKILL');
});
