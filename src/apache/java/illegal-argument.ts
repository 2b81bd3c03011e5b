import { JavaError } from './java-error.js';

/** Java's `IllegalArgumentException`. */
export function illegalArgument(message: string): JavaError {
  return new JavaError('java.lang.IllegalArgumentException', message);
}
