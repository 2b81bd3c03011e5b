import type { Handler } from '../handler.js';
import { clusterOptions, type ClusterFlags } from './cluster-options.js';

const sentences = {
  started: 'the sandbox is up',
  restarted: 'the sandbox is up again, with the data it had',
  'already-up': 'the sandbox is up already',
} as const;

/** `sandbox up`. */
export const upHandler: Handler<ClusterFlags> = async ({ options, ctx }) => {
  const { upSandbox } = await import('../../sandbox/up-sandbox.js');
  const { state, outcome } = await upSandbox({
    ...clusterOptions(options),
    onProgress: (message) => ctx.progress(message),
    signal: ctx.signal,
  });
  const brokers = state.brokers.map(({ id, port, pid }) => ({ id, host: '127.0.0.1', port, pid }));
  const login = state.commandConfig === undefined ? '' : ` --command-config ${state.commandConfig.admin}`;
  return {
    document: {
      outcome,
      bootstrapServer: state.bootstrap,
      kafkaVersion: state.kafkaVersion,
      clusterId: state.clusterId,
      commandConfig: state.commandConfig ?? null,
      brokers,
    },
    tables: [],
    names: [state.bootstrap],
    notes: [
      `${sentences[outcome]}: Kafka ${state.kafkaVersion} at ${state.bootstrap}`,
      `try: kafkit topics list -b ${state.bootstrap}${login}`,
    ],
  };
};
