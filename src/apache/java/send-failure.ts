import { type KafkaErrorName, errorCode, kafkaError } from '../../protocol/errors.js';
import { JavaError } from './java-error.js';
import { kafkaException } from './kafka-exceptions.js';

const errors = 'org.apache.kafka.common.errors.';

/** Where a record was lost. */
export interface LossPlace {
  readonly topic: string;
  readonly partition: number;
  /** Records before it were refused too: Kafka's producer remembers a name that is none, and says less of it. */
  readonly isRepeated: boolean;
}

/** The text for a record to a topic whose name no topic can have. */
export function invalidTopicText(topic: string, isRepeated: boolean): string {
  return isRepeated ? topic : `Invalid topics: [${topic}]`;
}

/** The exception that a producer's callback gets for a record that was refused or lost; `name` is Kafka's, or `DELIVERY_TIMEOUT`; an empty message stands for none. */
export function sendFailure(name: string, message: string, { topic, partition, isRepeated }: LossPlace): JavaError {
  if (name === 'DELIVERY_TIMEOUT') {
    return new JavaError(`${errors}TimeoutException`, `Expiring 1 record(s) for ${topic}-${partition}: ${message}`);
  }
  if (name === 'TOPIC_AUTHORIZATION_FAILED') {
    return new JavaError(`${errors}TopicAuthorizationException`, `Not authorized to access topics: [${topic}]`);
  }
  if (name === 'INVALID_TOPIC_EXCEPTION') {
    return new JavaError(`${errors}InvalidTopicException`, invalidTopicText(topic, isRepeated));
  }
  const { javaClass, text } = kafkaException(name);
  return new JavaError(javaClass, message === '' || isOwnText(name, message) ? text : message);
}

/** Whether a message is our own explanation of the code, and not what the broker said. */
function isOwnText(name: string, message: string): boolean {
  const code = errorCode[name as KafkaErrorName] as number | undefined; // undefined for names that are no code's
  return code !== undefined && kafkaError(code).message === message;
}
