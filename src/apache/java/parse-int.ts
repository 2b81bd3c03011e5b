import { JavaError } from './java-error.js';

/**
 * Java's `Integer.parseInt`.
 *
 * @throws JavaError `NumberFormatException` for what is no whole number of 32 bits
 */
export function parseJavaInt(text: string): number {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
  if (value !== undefined && value >= -(2 ** 31) && value < 2 ** 31) return value;
  throw new JavaError('java.lang.NumberFormatException', `For input string: "${text}"`);
}
