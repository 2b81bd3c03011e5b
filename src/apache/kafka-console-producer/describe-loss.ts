import { BrokerError } from '../../client/broker-error.js';
import type { Loss } from '../../operations/console/onward-sender.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import { clientFailure } from '../java/client-failure.js';
import { JavaError, toJavaError } from '../java/java-error.js';
import { kafkaException } from '../java/kafka-exceptions.js';
import { formatLogLine } from '../java/log-line.js';
import { invalidTopicText } from '../java/send-failure.js';

const errors = 'org.apache.kafka.common.errors.';

export interface LossContext {
  readonly topic: string;
  readonly maxBlockMs: number;
  readonly deliveryTimeoutMs: number;
  /** Records before it were lost too. */
  readonly isRepeated: boolean;
}

/** The exception that Kafka's producer gives for a record that was lost. */
export function lossError(loss: Loss, context: LossContext): JavaError {
  switch (loss.kind) {
    case 'too-large':
      return new JavaError(
        `${errors}RecordTooLargeException`,
        `The message is ${loss.size} bytes when serialized which is larger than ${limitOf(loss)}`,
      );
    case 'no-topic':
      return topicError(loss, context);
    case 'failed':
      return clientFailure(loss.cause, 'send');
    case 'refused':
      return refusal(loss, context);
  }
}

function limitOf({ of, limit }: Extract<Loss, { kind: 'too-large' }>): string {
  if (of === 'request') return `${limit}, which is the value of the max.request.size configuration.`;
  return 'the total memory buffer you have configured with the buffer.memory configuration.';
}

function topicError({ wait }: Extract<Loss, { kind: 'no-topic' }>, { topic, maxBlockMs, isRepeated }: LossContext): JavaError {
  const error = wait.isFound ? undefined : wait.error;
  const cause = error instanceof BrokerError ? toJavaError(error) : undefined;
  if (!wait.isFound && wait.isPassing) {
    return new JavaError(`${errors}TimeoutException`, `Topic ${topic} not present in metadata after ${maxBlockMs} ms.`, cause);
  }
  if (cause === undefined) return clientFailure(error, 'metadata');
  const name = error instanceof BrokerError ? error.kafkaName : '';
  if (name === 'INVALID_TOPIC_EXCEPTION') return new JavaError(cause.javaClass, invalidTopicText(topic, isRepeated));
  if (name === 'TOPIC_AUTHORIZATION_FAILED') return new JavaError(cause.javaClass, `Not authorized to access topics: [${topic}]`);
  return cause;
}

function refusal({ error, message }: Extract<Loss, { kind: 'refused' }>, { topic, deliveryTimeoutMs }: LossContext): JavaError {
  if (error === 'DELIVERY_TIMEOUT') {
    return new JavaError(
      `${errors}TimeoutException`,
      `Expiring 1 record(s) for ${topic}:${deliveryTimeoutMs} ms has passed since batch creation`,
    );
  }
  const { javaClass, text } = kafkaException(error);
  if (error === 'TOPIC_AUTHORIZATION_FAILED') return new JavaError(javaClass, `Not authorized to access topics: [${topic}]`);
  const code = Object.entries(errorCode).find(([name]) => name === error)?.[1];
  const isOwnText = error === 'MESSAGE_TOO_LARGE' || (code !== undefined && kafkaError(code).message === message);
  return new JavaError(javaClass, isOwnText ? text : message);
}

/** The lines on stderr for a record that was lost while reading goes on. */
export function lossLogLine({ keySize, valueSize }: Loss, topic: string, when: Date): string {
  const size = (bytes: number | undefined): string => (bytes === undefined ? 'null' : `${bytes} bytes`);
  return formatLogLine(
    'ERROR',
    `Error when sending message to topic ${topic} with key: ${size(keySize)}, value: ${size(valueSize)} with error:`,
    'org.apache.kafka.clients.producer.internals.ErrorLoggingCallback',
    when,
  );
}
