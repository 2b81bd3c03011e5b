import { isBrokerRunning } from './broker-identity.js';
import { logFile } from './broker-settings.js';
import { probeBroker } from './probe-broker.js';
import { readState, sandboxHome, type BrokerState, type SandboxChoice, type SandboxState } from './sandbox-state.js';

/** `ready`: it answers, and is registered and unfenced. */
export type BrokerCondition = 'ready' | 'not-answering' | 'stopped';

export interface BrokerStatus extends BrokerState {
  readonly condition: BrokerCondition;
  readonly logFile: string;
}

export interface SandboxStatus {
  /** `stopped`: there is data of an earlier run. */
  readonly condition: 'up' | 'partly-up' | 'stopped' | 'absent';
  readonly state?: SandboxState;
  readonly brokers: readonly BrokerStatus[];
}

/** How the sandbox in the background is doing; only looks. */
export async function sandboxStatus(choice: SandboxChoice): Promise<SandboxStatus> {
  const state = await readState(sandboxHome(choice));
  if (state === undefined) return { condition: 'absent', brokers: [] };
  const brokers = await Promise.all(state.brokers.map(brokerStatus));
  if (brokers.every(({ condition }) => condition === 'ready')) return { condition: 'up', state, brokers };
  const isStopped = brokers.every(({ condition }) => condition === 'stopped');
  return { condition: isStopped ? 'stopped' : 'partly-up', state, brokers };
}

async function brokerStatus(broker: BrokerState): Promise<BrokerStatus> {
  return { ...broker, condition: await brokerCondition(broker), logFile: logFile(broker.dir) };
}

async function brokerCondition(broker: BrokerState): Promise<BrokerCondition> {
  if (!(await isBrokerRunning(broker))) return 'stopped';
  const known = await probeBroker(broker.plainPort);
  return known?.includes(broker.id) === true ? 'ready' : 'not-answering';
}
