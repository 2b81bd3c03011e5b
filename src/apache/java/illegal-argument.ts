import { JavaError } from './java-error.js';

const classes = ['java.lang.IllegalArgumentException', 'java.lang.NumberFormatException', 'java.util.regex.PatternSyntaxException'];

/** Whether Java would catch the error as an `IllegalArgumentException`: that class, and those derived from it. */
export function isIllegalArgument(error: JavaError): boolean {
  return classes.includes(error.javaClass);
}

/** Java's `IllegalArgumentException`. */
export function illegalArgument(message: string): JavaError {
  return new JavaError('java.lang.IllegalArgumentException', message);
}
