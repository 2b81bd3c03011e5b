import { kafkaError } from '../protocol/errors.js';
import type { AnyMessage, TopicPartition } from '../protocol/message.js';
import { wholeId } from './item-cut.js';
import { leaderWait, type Wait } from './waits.js';

/** What a request waits for that is asked again because of the error that brokers answered for one of its items. */
export function requestWait(
  message: AnyMessage,
  { key, code, forMs }: { readonly key: TopicPartition | string; readonly code: number; readonly forMs: number },
): Wait {
  const { name, message: text } = kafkaError(code);
  const why = `${name}: ${text}`;
  if (typeof key === 'object') return leaderWait([key], { forMs, why, isServed: unknown });
  const what = targetOf(message, key);
  return { key: what, what, forMs, why, back: 'is there again', isBack: unknown };
}

/** The request may have ended for want of time. */
function unknown(): boolean {
  return false;
}

function targetOf({ name, route }: AnyMessage, key: string): string {
  if (name === 'FindCoordinator' || route.to === 'coordinator')
    return key === wholeId || key === '' ? 'a coordinator' : `the coordinator of '${key}'`;
  return route.to === 'controller' ? 'the controller' : `an answer to ${name}`;
}
