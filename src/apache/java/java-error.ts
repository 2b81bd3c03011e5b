import { BrokerError } from '../../client/broker-error.js';
import { OptionError } from '../jopt/option-spec.js';
import { kafkaException } from './kafka-exceptions.js';

/** A failure as one of Kafka's tools would see it: a Java exception with its class, text and cause. */
export class JavaError extends Error {
  /** Fully qualified, for example `org.apache.kafka.common.errors.TimeoutException`. */
  readonly javaClass: string;

  constructor(javaClass: string, message: string, cause?: JavaError) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'JavaError';
    this.javaClass = javaClass;
  }
}

/** What Java's `Throwable.toString` gives: the class, and the text where there is one. */
export function describeJavaError(error: JavaError): string {
  return error.message === '' ? error.javaClass : `${error.javaClass}: ${error.message}`;
}

/** The exception behind anything that went wrong: a broker's own text is kept word for word. */
export function toJavaError(error: unknown): JavaError {
  if (error instanceof JavaError) return error;
  if (error instanceof OptionError) return optionException(error);
  if (error instanceof BrokerError) {
    const { javaClass, text } = kafkaException(error.kafkaName);
    return new JavaError(javaClass, error.brokerMessage ?? text);
  }
  return new JavaError('org.apache.kafka.common.KafkaException', error instanceof Error ? error.message : String(error));
}

/** jopt-simple's exception; those of Java itself have their package already. */
function optionException({ javaClass, message, text }: OptionError): JavaError {
  if (javaClass.startsWith('java.')) return new JavaError(javaClass, message);
  return new JavaError(`joptsimple.${javaClass}`, message, text === undefined ? undefined : conversionFailure(text));
}

/** What reading a text as a number by reflection ends with. */
function conversionFailure(text: string): JavaError {
  const format = new JavaError('java.lang.NumberFormatException', `For input string: "${text}"`);
  return new JavaError('joptsimple.internal.ReflectionException', describeJavaError(format), format);
}

/** The exception as a future wraps it: its text is the other's class and text (`java.util.concurrent.ExecutionException`). */
export function executionException(error: JavaError): JavaError {
  return new JavaError('java.util.concurrent.ExecutionException', describeJavaError(error), error);
}

/** What `printStackTrace` writes, without the frames, which only a Java program has; ends in a newline. */
export function formatTrace(error: JavaError): string {
  const lines: string[] = [];
  for (let current: unknown = error; current instanceof JavaError; current = current.cause) {
    lines.push(`${lines.length === 0 ? '' : 'Caused by: '}${describeJavaError(current)}\n`);
  }
  return lines.join('');
}
