import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBin } from '../fixture/run-kafkit.js';
import type { RunningProcess } from '../fixture/run-process.js';
import { eventually } from './eventually.js';

const processTimeoutMs = 240_000;

/** A `kafka-verifiable-producer` that writes 500 records a second until it is stopped. */
export class SteadyProducer {
  private acknowledged = 0;
  private readonly process: RunningProcess;
  private readonly home: string;

  private constructor(process: RunningProcess, home: string) {
    this.process = process;
    this.home = home;
    process.onLine('stdout', (line) => {
      if (line.includes('"producer_send_success"')) this.acknowledged++;
    });
  }

  static async start(bootstrap: string, topic: string): Promise<SteadyProducer> {
    const home = await mkdtemp(join(tmpdir(), 'kafkit-verifiable-'));
    const args = ['--bootstrap-server', bootstrap, '--topic', topic, '--throughput', '500'];
    return new SteadyProducer(startBin('kafka-verifiable-producer', args, { home, timeoutMs: processTimeoutMs }), home);
  }

  /** Waits until so many records more are acknowledged. */
  awaitAcknowledged(records = 500): Promise<void> {
    const goal = this.acknowledged + records;
    return eventually(
      () => this.acknowledged >= goal,
      () => `${goal} acknowledged records; ${this.acknowledged} are; ${this.process.stderr()}`,
    );
  }

  async stop(): Promise<void> {
    this.process.kill('SIGTERM');
    await this.process.outcome;
    await rm(this.home, { recursive: true, force: true });
  }
}
