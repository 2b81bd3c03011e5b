import { sleep } from '../timers/timers.js';
import { isBrokerRunning } from './broker-identity.js';
import type { BrokerState } from './sandbox-state.js';

const patienceMs = 15_000;

/** Stops those of the brokers that run: asks all to end, and kills the ones that have not after 15 seconds. Returns their ids. */
export async function stopBrokers(brokers: readonly BrokerState[]): Promise<number[]> {
  const running = await selectRunning(brokers);
  const stopped = running.map(({ id }) => id);
  signal(running, 'SIGCONT'); // a stopped process does not see SIGTERM
  signal(running, 'SIGTERM');
  if (await haveEnded(running, patienceMs)) return stopped;
  signal(await selectRunning(running), 'SIGKILL');
  await haveEnded(running, patienceMs);
  return stopped;
}

async function haveEnded(brokers: readonly BrokerState[], withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while ((await selectRunning(brokers)).length > 0) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

async function selectRunning(brokers: readonly BrokerState[]): Promise<BrokerState[]> {
  const running = await Promise.all(brokers.map(isBrokerRunning));
  return brokers.filter((_, index) => running[index]);
}

function signal(brokers: readonly BrokerState[], name: NodeJS.Signals): void {
  for (const { pid } of brokers) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended since it was looked at.
    }
  }
}
