import type { CliError } from '../core/errors.js';
import type { TopicPartition } from '../protocol/message.js';
import { idOf, wholeId } from './item-cut.js';

/** By response: why no broker answered for the items whose code the client put in itself. */
const lost = new WeakMap<object, ReadonlyMap<string, CliError>>();

/** Keeps with a response why items of it have no answer. */
export function keepLostAnswers(response: unknown, reasons: ReadonlyMap<string, CliError>): void {
  if (reasons.size > 0 && typeof response === 'object' && response !== null) lost.set(response, reasons);
}

/** Why no broker answered for an item of a response (see `unanswered` of the request's options); `undefined` where one did. */
export function lostAnswer(response: object, key: TopicPartition | string): CliError | undefined {
  const reasons = lost.get(response);
  return reasons?.get(idOf(key)) ?? reasons?.get(wholeId);
}
