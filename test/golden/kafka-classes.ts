const tools = 'org.apache.kafka.tools.';

/** The classes of Kafka's own tools by the names of its scripts. */
export const kafkaClasses: Readonly<Record<string, string>> = {
  'kafka-acls': `${tools}AclCommand`,
  'kafka-configs': 'kafka.admin.ConfigCommand',
  'kafka-console-consumer': `${tools}consumer.ConsoleConsumer`,
  'kafka-console-producer': `${tools}ConsoleProducer`,
  'kafka-consumer-groups': `${tools}consumer.group.ConsumerGroupCommand`,
  'kafka-delete-records': `${tools}DeleteRecordsCommand`,
  'kafka-get-offsets': `${tools}GetOffsetShell`,
  'kafka-groups': `${tools}GroupsCommand`,
  'kafka-producer-perf-test': `${tools}ProducerPerformance`,
  'kafka-topics': `${tools}TopicCommand`,
  'kafka-verifiable-consumer': `${tools}VerifiableConsumer`,
  'kafka-verifiable-producer': `${tools}VerifiableProducer`,
};
