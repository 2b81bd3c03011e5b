/** The version of Kafka whose tools these are like; what `--version` prints. */
export const kafkaVersion = '4.3.0';
