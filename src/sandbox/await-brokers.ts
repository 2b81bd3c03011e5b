import { sleep } from '../timers/timers.js';
import { CliError } from '../core/errors.js';
import type { ProcessEnd } from './broker-process.js';
import { tailOfLog } from './log-tail.js';
import { probeBroker } from './probe-broker.js';

/** What is watched of a starting broker. */
export interface StartingBroker {
  readonly id: number;
  readonly plainPort: number;
  readonly logFile: string;
  readonly process: { readonly result: ProcessEnd | undefined };
}

const patienceMs = 120_000;

/**
 * Waits until each of the brokers answers and names all of them as registered and unfenced.
 *
 * @throws CliError `broker` when one ends or does not get there in two minutes, with the end of its log; `aborted`
 */
export async function awaitBrokers(brokers: readonly StartingBroker[], signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let waiting = [...brokers];
  for (;;) {
    const answers = await Promise.all(waiting.map((broker) => probeBroker(broker.plainPort)));
    waiting = waiting.filter((_, index) => !brokers.every(({ id }) => answers[index]?.includes(id) === true));
    const ended = brokers.find((broker) => broker.process.result !== undefined);
    if (ended !== undefined) throw await startError(ended, `ended while starting (${describeEnd(ended.process.result)})`);
    const [first] = waiting;
    if (first === undefined) return;
    if (signal?.aborted === true) throw new CliError('aborted', 'interrupted while the brokers were starting');
    if (Date.now() > deadline) throw await startError(first, `was not ready within ${patienceMs / 1000} s`);
    await sleep(50);
  }
}

function describeEnd(end: ProcessEnd | undefined): string {
  return end?.signal == null ? `exit code ${end?.code ?? 'unknown'}` : `signal ${end.signal}`;
}

async function startError(broker: StartingBroker, what: string): Promise<CliError> {
  const tail = await tailOfLog(broker.logFile, 15);
  return new CliError('broker', `broker ${broker.id} ${what}`, {
    hint: [`the end of its log, ${broker.logFile}:`, ...tail.map((line) => `  ${line}`)].join('\n'),
  });
}
