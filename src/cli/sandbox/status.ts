import { table } from '../../output/report.js';
import { exitCodes } from '../exit.js';
import type { Handler } from '../handler.js';
import type { BrokerStatus } from '../../sandbox/sandbox-status.js';

const sentences = {
  up: 'the sandbox is up',
  'partly-up': 'the sandbox is partly up',
  stopped: 'the sandbox is stopped, and its data kept',
  absent: 'there is no sandbox; kafkit sandbox up starts one',
} as const;

/** `sandbox status`. */
export const statusHandler: Handler<{ readonly name?: string }> = async ({ options: { name } }) => {
  const { sandboxStatus } = await import('../../sandbox/sandbox-status.js');
  const { condition, state, brokers } = await sandboxStatus({ name });
  const isUp = condition === 'up';
  return {
    document: {
      condition,
      bootstrapServer: state?.bootstrap ?? null,
      kafkaVersion: state?.kafkaVersion ?? null,
      clusterId: state?.clusterId ?? null,
      commandConfig: state?.commandConfig ?? null,
      startedAt: state?.startedAt ?? null,
      brokers: brokers.map(({ id, port, pid, condition: each, logFile }) => ({
        id,
        host: '127.0.0.1',
        port,
        pid: pidOf({ pid, condition: each }),
        condition: each,
        logFile,
      })),
    },
    tables: state === undefined ? [] : [brokerTable(brokers)],
    names: isUp && state !== undefined ? [state.bootstrap] : [],
    notes: [
      state === undefined ? sentences[condition] : `${sentences[condition]}: Kafka ${state.kafkaVersion} at ${state.bootstrap}`,
    ],
    ...(isUp ? {} : { exitCode: exitCodes.check }),
  };
};

function brokerTable(brokers: readonly BrokerStatus[]): ReturnType<typeof table> {
  return table<BrokerStatus>({
    columns: [
      { title: 'BROKER', value: ({ id }) => id },
      { title: 'ADDRESS', value: ({ port }) => `127.0.0.1:${port}` },
      { title: 'PID', value: pidOf },
      {
        title: 'CONDITION',
        value: ({ condition }) => condition,
        tone: ({ condition }) => (condition === 'ready' ? 'good' : 'bad'),
      },
      { title: 'LOG', value: ({ logFile }) => logFile, wide: true },
    ],
    rows: brokers,
  });
}

/** The process of a broker that has ended is of no use to anybody, and its id may be another's by now. */
function pidOf({ pid, condition }: Pick<BrokerStatus, 'pid' | 'condition'>): number | null {
  return condition === 'stopped' ? null : pid;
}
