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

const toolPackage = 'org.apache.kafka.tools.';

/** The Java class that each of Kafka's scripts runs. */
const classes: Readonly<Record<string, string>> = {
  'kafka-configs': 'kafka.admin.ConfigCommand',
  'kafka-console-consumer': `${toolPackage}consumer.ConsoleConsumer`,
  'kafka-console-producer': `${toolPackage}ConsoleProducer`,
  'kafka-consumer-groups': `${toolPackage}consumer.group.ConsumerGroupCommand`,
  'kafka-delete-records': `${toolPackage}DeleteRecordsCommand`,
  'kafka-get-offsets': `${toolPackage}GetOffsetShell`,
  'kafka-topics': `${toolPackage}TopicCommand`,
  'kafka-verifiable-consumer': `${toolPackage}VerifiableConsumer`,
  'kafka-verifiable-producer': `${toolPackage}VerifiableProducer`,
};

/**
 * What `ps` and `pgrep -f` are to see of a drop-in: the class that scripts look for, then the words of the command line, which
 * anybody could see before. Systems cut it off where the command line ended.
 */
function processTitle(name: string, argv: readonly string[]): string {
  return [classes[name] ?? name, ...argv].join(' ');
}

/** The names that `bin/` offers, sorted. */
export const toolNames: readonly string[] = Object.keys(tools).sort();

/** Runs the drop-in name on this process's command line and sets the exit code; called by the files in `bin/`. */
export async function run(name: string): Promise<void> {
  const load = tools[name];
  if (load === undefined) throw new Error(`no drop-in name ${name}`);
  const [{ runTool }, tool] = await Promise.all([import('./run-tool.js'), load()]);
  process.title = processTitle(name, process.argv.slice(2));
  await runTool(tool);
}
