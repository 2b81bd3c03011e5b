import { awaitBrokers } from './await-brokers.js';
import type { BrokerProcess } from './broker-process.js';
import { logFile, plainPort, type BrokerPlace } from './broker-settings.js';

/** One broker of a running cluster, for tests that hurt it. */
export class SandboxBroker {
  readonly id: number;
  readonly host = '127.0.0.1';
  readonly port: number;
  readonly place: BrokerPlace;
  /** Where it answers without authentication. */
  readonly plainPort: number;
  /** Everything it prints is appended here. */
  readonly logFile: string;
  process: BrokerProcess;
  private readonly startAgain: () => Promise<BrokerProcess>;
  private readonly cluster: readonly SandboxBroker[];

  constructor(
    place: BrokerPlace,
    process: BrokerProcess,
    startAgain: () => Promise<BrokerProcess>,
    cluster: readonly SandboxBroker[],
  ) {
    this.id = place.id;
    this.port = place.port;
    this.place = place;
    this.plainPort = plainPort(place);
    this.logFile = logFile(place.dir);
    this.process = process;
    this.startAgain = startAgain;
    this.cluster = cluster;
  }

  /** Id of its process, which changes with a restart. */
  get pid(): number {
    return this.process.pid;
  }

  get isRunning(): boolean {
    return this.process.result === undefined;
  }

  /** Sends a signal. After `SIGKILL` the process is gone when this returns; `SIGTERM` is given time for a clean end. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    if (signal === 'SIGKILL') await this.process.stop(0);
    else if (signal === 'SIGTERM') await this.process.stop(60_000);
    else this.process.signal(signal);
  }

  /** Starts it again on the same port with the same data, killing it first if it runs, and waits until all running brokers know it. */
  async restart(signal?: AbortSignal): Promise<void> {
    await this.process.stop(0);
    this.process = await this.startAgain();
    await awaitBrokers(
      this.cluster.filter((broker) => broker.isRunning),
      signal,
    );
  }
}
