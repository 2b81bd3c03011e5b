import { BrokerError } from '../../client/broker-error.js';
import { clientFailure } from './client-failure.js';
import type { JavaError } from './java-error.js';
import { lookupFailure } from './lookup-failure.js';

/**
 * What Kafka's client throws for one partition whose leader was to be asked: what the look-up of the leader ran into is told in
 * words of its own.
 */
export function leaderFailure(error: unknown, call: string): JavaError {
  if (!(error instanceof BrokerError)) return clientFailure(error, `${call}(api=METADATA)`);
  return error.lookup === undefined ? clientFailure(error, call) : lookupFailure(error, error.lookup, call);
}
