import { CliError } from '../core/errors.js';
import { isBrokerRunning } from './broker-identity.js';
import { isPortFree } from './ports.js';
import { refuseOtherShape } from './refuse-other-shape.js';
import {
  clearHome,
  readState,
  sandboxHome,
  withSandboxLock,
  writeState,
  type BrokerState,
  type SandboxChoice,
  type SandboxState,
} from './sandbox-state.js';
import { startCluster, type ClusterOptions, type SandboxCluster } from './start-cluster.js';
import { stopBrokers } from './stop-brokers.js';

export interface UpOptions
  extends SandboxChoice, Pick<ClusterOptions, 'brokers' | 'secure' | 'kafkaVersion' | 'extraConfig' | 'onProgress' | 'signal'> {
  /** Port of the first broker; unset: Kafka's usual 9092 where it is free, otherwise free ports. */
  readonly port?: number | undefined;
}

export interface UpResult {
  readonly state: SandboxState;
  /** `already-up`: nothing was done. `restarted`: with the data of an earlier run. */
  readonly outcome: 'started' | 'restarted' | 'already-up';
}

const usualPort = 9092;

/**
 * Starts a cluster that goes on running in the background, and remembers it. One that runs already is left as it is; one that
 * has ended is started again with its data, as it was made: at its ports and with its settings.
 *
 * @throws CliError as {@link startCluster} does, and `usage` when one is there that is not as asked for
 */
export async function upSandbox(options: UpOptions): Promise<UpResult> {
  const home = sandboxHome(options);
  const onWait = (lock: string): void =>
    options.onProgress?.(`waiting for another process that starts or stops this sandbox (${lock})`);
  return withSandboxLock(home, { signal: options.signal, onWait }, async () => {
    const before = await readState(home);
    if (before !== undefined) {
      const running = await Promise.all(before.brokers.map(isBrokerRunning));
      refuseOtherShape(before, options, running.some(Boolean));
      if (running.every(Boolean)) return { state: before, outcome: 'already-up' };
      if (options.port === undefined) await requirePorts(before.brokers.filter((_, index) => running[index] === false));
      await stopBrokers(before.brokers);
    } else {
      await clearHome(home);
    }
    const state = await startInBackground(home, options, before);
    return { state, outcome: before === undefined ? 'started' : 'restarted' };
  });
}

async function startInBackground(home: string, options: UpOptions, before: SandboxState | undefined): Promise<SandboxState> {
  const brokers = options.brokers ?? (before?.brokers.length === 3 ? 3 : 1);
  // What was asked for when it was made stays, so that whoever has its addresses finds it again.
  const ports = options.port === undefined ? before?.brokers.map((broker) => broker.port) : undefined;
  const port = options.port ?? (ports === undefined ? await usualPorts(brokers) : undefined);
  const extraConfig = { ...before?.extraConfig, ...options.extraConfig };
  const kafkaVersion = options.kafkaVersion ?? before?.kafkaVersion;
  const secure = options.secure ?? before?.commandConfig !== undefined;
  const made = { brokers, port, ports, kafkaVersion, secure, extraConfig };
  const cluster = await startCluster({ ...options, ...made, dir: home, clusterId: before?.clusterId });
  try {
    const state = { ...describeCluster(cluster), extraConfig };
    await writeState(home, state);
    // Only now may the brokers outlive this process: from here on somebody knows of them.
    for (const broker of cluster.brokers) broker.process.release();
    return state;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

function describeCluster({ kafka, clusterId, bootstrap, brokers, secure }: SandboxCluster): SandboxState {
  return {
    version: 1,
    kafkaVersion: kafka.version,
    clusterId,
    bootstrap,
    commandConfig: secure?.commandConfig,
    startedAt: new Date().toISOString(),
    brokers: brokers.map(({ id, pid, port, plainPort, place }) => ({ id, pid, port, plainPort, dir: place.dir })),
  };
}

async function usualPorts(count: number): Promise<number | undefined> {
  for (let port = usualPort; port < usualPort + count; port++) if (!(await isPortFree(port))) return undefined;
  return usualPort;
}

/** @throws CliError `usage` where somebody else has the port of a broker that is to come back, before any other is touched */
async function requirePorts(stopped: readonly BrokerState[]): Promise<void> {
  for (const { id, port } of stopped) {
    if (await isPortFree(port)) continue;
    throw new CliError('usage', `port ${port} of broker ${id} is taken`, {
      hint: 'end what has taken it; "kafkit sandbox down --keep-data" and "up --port PORT" move the sandbox',
    });
  }
}
