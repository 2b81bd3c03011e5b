import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Cluster } from '../../src/client/cluster.js';
import { openCluster } from '../../src/client/connect.js';
import { parseAddresses } from '../../src/core/address.js';
import { defaultConnectionSettings } from '../../src/core/connection-settings.js';
import type { SandboxBroker } from '../../src/sandbox/sandbox-broker.js';
import { startCluster, type ClusterOptions, type SandboxCluster } from '../../src/sandbox/start-cluster.js';
import { ClientProcess, runClient } from './client-process.js';
import { FaultProxy } from './fault-proxy.js';
import type { Random } from './random.js';

/** What a broker must answer within, so that a paused one is noticed soon. */
export const requestTimeoutMs = 4000;
/** What each command is given, and what more it may take to end. */
export const commandTimeoutMs = 60_000;
export const graceMs = 5000;

/** Three brokers, a proxy before them that all programs under test go through, and a way in beside it for the tests' own work. */
export class World {
  readonly cluster: SandboxCluster;
  readonly proxy: FaultProxy;
  readonly admin: Cluster;
  readonly random: Random;
  /** Unique to one batch of runs; what it creates is named after it. */
  name = '';
  /** Variables for programs under test, for faults that work from within. */
  clientEnv: NodeJS.ProcessEnv = {};
  private readonly clientConfig: string;

  private constructor(cluster: SandboxCluster, proxy: FaultProxy, admin: Cluster, random: Random, clientConfig: string) {
    this.cluster = cluster;
    this.proxy = proxy;
    this.admin = admin;
    this.random = random;
    this.clientConfig = clientConfig;
  }

  static async start(random: Random, options: Omit<ClusterOptions, 'brokers'> = {}): Promise<World> {
    const cluster = await startCluster({ ...options, brokers: 3 });
    const { signal = new AbortController().signal } = options;
    const proxy = await FaultProxy.start(
      cluster.brokers.map(({ port }) => port),
      random,
    );
    const { addresses: bootstrap } = parseAddresses(cluster.bootstrap);
    const admin = openCluster({ ...defaultConnectionSettings, bootstrap, requestTimeoutMs }, { signal });
    const clientConfig = path.join(cluster.dir, 'client.properties');
    await writeFile(clientConfig, `request.timeout.ms=${requestTimeoutMs}\n`);
    return new World(cluster, proxy, admin, random, clientConfig);
  }

  async stop(): Promise<void> {
    this.proxy.stop();
    await this.admin.close();
    await this.cluster.stop();
  }

  /** The flags with which a program under test reaches the cluster. */
  get connection(): string[] {
    return ['-b', this.proxy.bootstrap, '--command-config', this.clientConfig];
  }

  broker(id: number | undefined): SandboxBroker {
    const broker = this.cluster.brokers.find((one) => one.id === id);
    if (broker === undefined) throw new Error(`no broker ${id}`);
    return broker;
  }

  /** Starts `kafkit` as a program under test; it is killed, and counts as hung, past `timeoutMs`. */
  startKafkit(args: readonly string[], timeoutMs: number): Promise<ClientProcess> {
    return ClientProcess.start('kafkit.js', [...args, ...this.connection], { timeoutMs, env: this.clientEnv });
  }

  /** Starts a drop-in name as a program under test, like {@link startKafkit}. */
  startTool(name: string, args: readonly string[], timeoutMs: number): Promise<ClientProcess> {
    const connection = ['--bootstrap-server', this.proxy.bootstrap, '--command-config', this.clientConfig];
    return ClientProcess.start(name, [...args, ...connection], { timeoutMs, env: this.clientEnv });
  }

  /** Runs `kafkit` to prepare something, past the proxy. */
  async prepare(...args: string[]): Promise<string> {
    const outcome = await runClient('kafkit.js', [...args, '-b', this.cluster.bootstrap], { timeoutMs: commandTimeoutMs });
    if (outcome.code !== 0) throw new Error(`kafkit ${args.join(' ')} failed: ${outcome.stderr}`);
    return outcome.stdout;
  }

  async createTopic(topic: string, partitions: number, flags = ['--config', 'min.insync.replicas=2']): Promise<void> {
    await this.prepare('topics', 'create', topic, '--partitions', String(partitions), '--replication-factor', '3', ...flags);
  }
}
