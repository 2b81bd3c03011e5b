/** The scripts of Kafka that kafkit has a stand-in for, sorted; each is also found as `NAME.sh`. */
export const dropInNames: readonly string[] = [
  'kafka-configs',
  'kafka-console-consumer',
  'kafka-console-producer',
  'kafka-consumer-groups',
  'kafka-delete-records',
  'kafka-get-offsets',
  'kafka-topics',
  'kafka-verifiable-consumer',
  'kafka-verifiable-producer',
];
