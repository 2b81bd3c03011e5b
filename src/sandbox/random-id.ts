import { randomBytes } from 'node:crypto';

/** A random uuid as Kafka writes it: 22 characters of URL-safe base64, never with a leading dash, which its tools take for a flag. */
export function randomId(): string {
  for (;;) {
    const id = randomBytes(16).toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}
