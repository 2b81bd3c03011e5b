import { stringify } from 'lossless-json';

// JSON leaves these as they are, and a terminal acts on them: DEL, the C1 controls, and what reorders or hides text.
const unsafe = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** One JSON document, indented, ending in a newline; bigints are written as exact JSON numbers. */
export function formatJson(value: unknown): string {
  return `${escaped(stringify(value, undefined, 2))}\n`;
}

/** One JSON value on one line, ending in a newline; bigints are written as exact JSON numbers. */
export function formatJsonLine(value: unknown): string {
  return `${escaped(stringify(value))}\n`;
}

/** The same JSON without a character that could drive a terminal: outside of strings there are none. */
function escaped(json = 'null'): string {
  return json.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
