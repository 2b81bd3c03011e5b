import { CliError } from '../core/errors.js';
import { isBrokerRunning } from './broker-identity.js';
import { isPortFree } from './ports.js';
import {
  clearHome,
  readState,
  sandboxHome,
  withSandboxLock,
  writeState,
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
 * has ended is started again with its data.
 *
 * @throws CliError as {@link startCluster} does, and `usage` when one of another shape is there
 */
export async function upSandbox(options: UpOptions): Promise<UpResult> {
  const home = sandboxHome(options);
  const onWait = (lock: string): void =>
    options.onProgress?.(`waiting for another process that starts or stops this sandbox (${lock})`);
  return withSandboxLock(home, { signal: options.signal, onWait }, async () => {
    const before = await readState(home);
    if (before !== undefined) {
      refuseOtherShape(before, options);
      const running = await Promise.all(before.brokers.map(isBrokerRunning));
      if (running.every(Boolean)) return { state: before, outcome: 'already-up' };
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
  const port = options.port ?? (await usualPorts(brokers));
  const kafkaVersion = options.kafkaVersion ?? before?.kafkaVersion;
  const secure = options.secure ?? before?.commandConfig !== undefined;
  const cluster = await startCluster({ ...options, brokers, port, dir: home, kafkaVersion, secure, clusterId: before?.clusterId });
  try {
    const state = describeCluster(cluster);
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

function refuseOtherShape(state: SandboxState, { brokers, kafkaVersion, secure }: UpOptions): void {
  const isSecure = state.commandConfig !== undefined;
  const count = state.brokers.length;
  const isOther =
    (brokers ?? count) !== count ||
    (kafkaVersion ?? state.kafkaVersion) !== state.kafkaVersion ||
    (secure ?? isSecure) !== isSecure;
  if (!isOther) return;
  const has = `${count === 1 ? 'one broker' : `${count} brokers`} of Kafka ${state.kafkaVersion}${isSecure ? ', secure' : ''}`;
  throw new CliError('usage', `this sandbox is there already, with ${has}`, {
    hint: 'kafkit sandbox down removes it and its data; --name starts another beside it',
  });
}
