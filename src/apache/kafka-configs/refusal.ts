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
