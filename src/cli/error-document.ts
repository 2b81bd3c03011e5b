import type { CliError } from '../core/errors.js';

/** How an item's error stands in a JSON document; `null` where there is none. */
export interface ErrorDocument {
  /** Kafka's name of the error, for example `TOPIC_ALREADY_EXISTS`, or kafkit's own class of it. */
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** An item's error as JSON. */
export function errorDocument(error: CliError | undefined): ErrorDocument | null {
  if (error === undefined) return null;
  const kafkaName = 'kafkaName' in error && typeof error.kafkaName === 'string' ? error.kafkaName : undefined;
  return { code: kafkaName ?? error.code, message: error.message, hint: error.hint ?? null };
}
