import { errorCode, kafkaError } from './errors.js';
import type { AnyMessage } from './message.js';

/**
 * Whether asking again may cure an error code in the answer to a message. Away from partition leaders, "unknown topic" or a
 * failed disk is what the caller asked to learn, not a sign that the wrong broker was asked.
 */
export function isWorthRetrying(code: number, { route }: AnyMessage): boolean {
  const error = kafkaError(code);
  if (!error.retriable) return false;
  return error.refresh !== 'metadata' || route.to === 'leader' || code === errorCode.NOT_CONTROLLER;
}
