import { CliError } from '../../core/errors.js';
import { JavaError } from '../java/java-error.js';

/** A command line that makes no sense; the tool shows its text and nothing else. */
export function illegalArgument(message: string): JavaError {
  return new JavaError('java.lang.IllegalArgumentException', message);
}

/** A change that the tool itself finds to be wrong; the tool shows its text and nothing else. */
export function invalidConfiguration(message: string): JavaError {
  return new JavaError('org.apache.kafka.common.errors.InvalidConfigurationException', message);
}

const briefClasses: ReadonlySet<string> = new Set([
  'java.lang.IllegalArgumentException',
  'java.lang.NumberFormatException',
  'org.apache.kafka.common.errors.InvalidConfigurationException',
]);

/** Whether the tool shows the text of a failure alone. */
export function isBrief(error: unknown): error is JavaError {
  return error instanceof JavaError && briefClasses.has(error.javaClass);
}

/** What the tool throws where a broker it asks for its configs is out of reach: it stops waiting before its client does. */
export function outOfReach(error: unknown): JavaError | undefined {
  const isOutOfReach = error instanceof CliError && ['connection', 'timeout', 'not-found'].includes(error.code);
  return isOutOfReach ? new JavaError('java.util.concurrent.TimeoutException', '') : undefined;
}
