import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { sleep } from '../timers/timers.js';
import { logFile, settingsFile } from './broker-settings.js';
import { javaArguments } from './java-command.js';
import type { Kafka } from './locate-kafka.js';

/**
 * The guard: a shell that becomes the JVM, after leaving behind a subshell that reads our end of a pipe. When the pipe ends
 * without a word, the process that started the broker is gone, however it died, and the subshell kills the JVM (whose id is
 * the shell's own) and removes the folder named in its first argument, if any. A line of input tells it to stand down.
 */
const guardScript = `
( trap '' INT TERM HUP
  read -r line <&3 && exit 0
  kill -9 $$
  if [ -n "$1" ]; then sleep 1; rm -rf "$1" "\${1%/*}/secure"; rmdir "\${1%/*}"; fi
) >/dev/null 2>&1 &
shift
exec "$@" 3<&-
`;

export interface BrokerProcessOptions {
  readonly kafka: Kafka;
  /** Folder of the broker. */
  readonly dir: string;
  /** Whether the folder goes when this process dies without having stopped the broker. */
  readonly isDisposable: boolean;
  readonly flags?: readonly string[];
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One running broker, which dies with this process until it is released. */
export class BrokerProcess {
  readonly pid: number;
  readonly ended: Promise<ProcessEnd>;
  private readonly child: ChildProcess;
  private readonly guard: Socket;
  private end: ProcessEnd | undefined;

  constructor(child: ChildProcess, pid: number, guard: Socket) {
    this.child = child;
    this.guard = guard;
    this.pid = pid;
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.end = { code, signal };
        this.standDown();
        resolve(this.end);
      });
    });
  }

  /** How it ended; `undefined` while it runs. */
  get result(): ProcessEnd | undefined {
    return this.end;
  }

  signal(name: NodeJS.Signals): void {
    if (this.end === undefined) this.child.kill(name);
  }

  /** Asks it to end, and kills it when it has not after `patienceMs`. */
  async stop(patienceMs: number): Promise<void> {
    if (patienceMs > 0) {
      this.signal('SIGCONT'); // a stopped process does not see SIGTERM
      this.signal('SIGTERM');
    }
    const deadline = Date.now() + patienceMs;
    while (this.end === undefined && Date.now() < deadline) await Promise.race([this.ended, sleep(50)]);
    this.signal('SIGKILL');
    // The child does not keep the event loop alive; these timers do.
    while (this.end === undefined) await Promise.race([this.ended, sleep(50)]);
  }

  /** Lets the broker outlive this process. */
  release(): void {
    this.standDown();
    this.child.unref();
  }

  private standDown(): void {
    this.guard.end('\n', () => this.guard.destroy());
  }
}

/**
 * Starts a broker whose settings and data are in its folder; its output is appended to the log there.
 *
 * @throws the system's error when no process can be started
 */
export async function startBrokerProcess(options: BrokerProcessOptions): Promise<BrokerProcess> {
  const { kafka, dir, isDisposable, flags = [] } = options;
  const tempDir = join(dir, 'tmp');
  await mkdir(tempDir, { recursive: true });
  const args = await javaArguments(kafka, { heapMb: 512, tempDir, flags: ['-Dkafkit.log.level=INFO', ...flags] });
  const command = [kafka.java.path, ...args, 'kafka.Kafka', settingsFile(dir)];
  const log = openSync(logFile(dir), 'a');
  try {
    const child = spawn('/bin/sh', ['-c', guardScript, 'sh', isDisposable ? dir : '', ...command], {
      // Its own process group: Ctrl-C in the terminal is for us to handle, not for the broker.
      detached: true,
      cwd: dir,
      // Not the standard input: node closes that when the broker ends, before we can tell the guard to stand down.
      stdio: ['ignore', log, log, 'pipe'],
    });
    const guard = child.stdio[3] as Socket; // a pipe of spawn() is a socket
    guard.on('error', () => {}); // the guard is gone, and with it any need to talk to it
    const pid = await spawned(child);
    // The program may end while brokers run: they end then, too.
    child.unref();
    guard.unref();
    return new BrokerProcess(child, pid, guard);
  } finally {
    closeSync(log);
  }
}

function spawned(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      if (child.pid === undefined) reject(new Error('the broker process has no id'));
      else resolve(child.pid);
    });
  });
}
