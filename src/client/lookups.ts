import type { TopicPartition } from '../protocol/message.js';
import type { BrokerError, Lookup } from './broker-error.js';

/** Which items of a request were never sent, since the look-up of their leader or coordinator ended with the error that they have. */
export class Lookups {
  private readonly failed = new Map<string, Lookup>();

  /** For `onStranded` of the request. */
  readonly note = (key: TopicPartition | string, attempts: number): void => {
    this.failed.set(idOf(key), { key, attempts });
  };

  /** The error of an item, with the look-up that it comes from where it does. */
  explain(key: TopicPartition | string, error: BrokerError): BrokerError {
    const lookup = this.failed.get(idOf(key));
    return lookup === undefined ? error : error.withLookup(lookup);
  }
}

function idOf(key: TopicPartition | string): string {
  return typeof key === 'string' ? key : `${key.topic} ${key.partition}`;
}
