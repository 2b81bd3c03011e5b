import { JavaError } from './java-error.js';

/** The exception of Kafka's tools that is told by its message alone. */
export const terseClass = 'org.apache.kafka.tools.TerseException';

/** A failure that the user has caused and that needs no trace. */
export function terseError(message: string): JavaError {
  return new JavaError(terseClass, message);
}
