// npm run quickstart: a real Kafka, a topic, a real file in and out again, each command shown as it runs; everything cleaned up.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'kafkit-quickstart-'));
// A state folder of its own: a sandbox that the user has running is left alone.
const environment: NodeJS.ProcessEnv = { ...process.env, XDG_STATE_HOME: path.join(folder, 'state') };
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupted.abort(name));

interface Streams {
  readonly stdin?: string;
  readonly stdout?: string;
}

/** Shows a command the way a person would type it, runs it, and shows what it printed. */
async function show(args: readonly string[], { stdin, stdout }: Streams = {}): Promise<void> {
  const redirects = `${stdin === undefined ? '' : ` < ${stdin}`}${stdout === undefined ? '' : ` > ${stdout}`}`;
  process.stdout.write(`\n$ kafkit ${args.join(' ')}${redirects}\n`);
  const printed = await run(args, {
    ...(stdin && { stdin: path.join(root, stdin) }),
    ...(stdout && { stdout: path.join(folder, stdout) }),
  });
  process.stdout.write(printed);
}

/** Runs a command and returns what it printed; what it says on stderr is seen at once. */
async function run(args: readonly string[], { stdin, stdout }: Streams = {}): Promise<string> {
  const input = stdin === undefined ? 'ignore' : openSync(stdin, 'r');
  const output = stdout === undefined ? 'pipe' : openSync(stdout, 'w');
  const child = spawn(process.execPath, [path.join(root, 'bin/kafkit.js'), ...args], {
    cwd: folder,
    env: environment,
    stdio: [input, output, 'inherit'],
  });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  for (const fd of [input, output]) if (typeof fd === 'number') closeSync(fd);
  if (code !== 0) throw new Error(`kafkit ${args.join(' ')} exited with ${code}`);
  if (interrupted.signal.aborted) throw new Error('interrupted');
  return printed;
}

async function tour(): Promise<void> {
  await show(['sandbox', 'up']);
  const status = JSON.parse(await run(['sandbox', 'status', '-o', 'json'])) as { bootstrapServer: string }; // pinned by the sandbox's own tests
  process.stdout.write(`\n$ export KAFKIT_BOOTSTRAP_SERVER=${status.bootstrapServer}\n`);
  environment['KAFKIT_BOOTSTRAP_SERVER'] = status.bootstrapServer;
  await show(['topics', 'create', 'licenses', '--partitions', '1', '--config', 'retention.ms=86400000']);
  await show(['console', 'produce', 'licenses'], { stdin: 'LICENSE' });
  await show(['topics', 'describe', 'licenses']);
  await show(['console', 'consume', 'licenses', '--from-beginning', '--exit-at-end'], { stdout: 'copy.txt' });
  process.stdout.write('\n$ cmp LICENSE copy.txt\n');
  if (!readFileSync(path.join(root, 'LICENSE')).equals(readFileSync(path.join(folder, 'copy.txt'))))
    throw new Error('what came back differs');
  process.stdout.write('identical\n');
  await show(['console', 'consume', 'licenses', '--tail', '2', '--exit-at-end', '-o', 'jsonl']);
  await show(['topics', 'delete', 'licenses', '--yes']);
}

try {
  await tour();
} catch (error) {
  process.exitCode = 1;
  console.error(`\nquickstart failed: ${error instanceof Error ? error.message : String(error)}`);
} finally {
  await show(['sandbox', 'down']);
  rmSync(folder, { recursive: true, force: true });
}
