import { describeJavaError, JavaError } from './java-error.js';

/** A `RuntimeException` around another exception: its text is the other's class and text. */
export function runtimeException(cause: JavaError): JavaError {
  return new JavaError('java.lang.RuntimeException', describeJavaError(cause), cause);
}
