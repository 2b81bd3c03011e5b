import { stringify } from 'lossless-json';

/** One JSON document, indented, ending in a newline; bigints are written as exact JSON numbers. */
export function formatJson(value: unknown): string {
  return `${stringify(value, undefined, 2) ?? 'null'}\n`;
}

/** One JSON value on one line, ending in a newline; bigints are written as exact JSON numbers. */
export function formatJsonLine(value: unknown): string {
  return `${stringify(value) ?? 'null'}\n`;
}
