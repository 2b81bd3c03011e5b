const tools = 'org.apache.kafka.tools.';

/** The Java class that each of Kafka's scripts runs. */
const classes: Readonly<Record<string, string>> = {
  'kafka-configs': 'kafka.admin.ConfigCommand',
  'kafka-console-consumer': `${tools}consumer.ConsoleConsumer`,
  'kafka-console-producer': `${tools}ConsoleProducer`,
  'kafka-consumer-groups': `${tools}consumer.group.ConsumerGroupCommand`,
  'kafka-delete-records': `${tools}DeleteRecordsCommand`,
  'kafka-get-offsets': `${tools}GetOffsetShell`,
  'kafka-topics': `${tools}TopicCommand`,
  'kafka-verifiable-consumer': `${tools}VerifiableConsumer`,
  'kafka-verifiable-producer': `${tools}VerifiableProducer`,
};

/**
 * What `ps` and `pgrep -f` are to see of a drop-in: the class that scripts look for, then the words of the command line, which
 * anybody could see before. Systems cut it off where the command line ended.
 */
export function processTitle(name: string, argv: readonly string[]): string {
  return [classes[name] ?? name, ...argv].join(' ');
}
