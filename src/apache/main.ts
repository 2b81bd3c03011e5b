import type { Tool } from './tool.js';

/** Every drop-in name with the file that is its definition. */
const tools: Readonly<Record<string, () => Promise<Tool>>> = {
  'kafka-configs': () => import('./kafka-configs.js').then(({ kafkaConfigs }) => kafkaConfigs),
  'kafka-console-consumer': () => import('./kafka-console-consumer.js').then(({ kafkaConsoleConsumer }) => kafkaConsoleConsumer),
  'kafka-consumer-groups': () => import('./kafka-consumer-groups.js').then(({ kafkaConsumerGroups }) => kafkaConsumerGroups),
  'kafka-delete-records': () => import('./kafka-delete-records.js').then(({ kafkaDeleteRecords }) => kafkaDeleteRecords),
  'kafka-get-offsets': () => import('./kafka-get-offsets.js').then(({ kafkaGetOffsets }) => kafkaGetOffsets),
  'kafka-console-producer': () => import('./kafka-console-producer.js').then(({ kafkaConsoleProducer }) => kafkaConsoleProducer),
  'kafka-topics': () => import('./kafka-topics.js').then(({ kafkaTopics }) => kafkaTopics),
  'kafka-verifiable-consumer': () =>
    import('./kafka-verifiable-consumer.js').then(({ kafkaVerifiableConsumer }) => kafkaVerifiableConsumer),
  'kafka-verifiable-producer': () =>
    import('./kafka-verifiable-producer.js').then(({ kafkaVerifiableProducer }) => kafkaVerifiableProducer),
};

/** The names that `bin/` offers, sorted. */
export const toolNames: readonly string[] = Object.keys(tools).sort();

/** Runs the drop-in name on this process's command line and sets the exit code; called by the files in `bin/`. */
export async function run(name: string): Promise<void> {
  const load = tools[name];
  if (load === undefined) throw new Error(`no drop-in name ${name}`);
  const [{ runTool }, tool] = await Promise.all([import('./run-tool.js'), load()]);
  await runTool(name, tool);
}
