import { BrokerError } from '../../client/broker-error.js';
import { ConnectionError, TlsFailure } from '../../client/connection-error.js';
import { UnsupportedRequest } from '../../client/unsupported-request.js';
import { CliError } from '../../core/errors.js';
import { clientFailure, timedOutCall } from '../java/client-failure.js';
import { executionException, JavaError } from '../java/java-error.js';
import { lookupFailure } from '../java/lookup-failure.js';
import { runtimeException } from '../java/runtime-exception.js';

// What our client answers with for a broker that did not.
const unanswered: ReadonlySet<string> = new Set(['REQUEST_TIMED_OUT', 'NETWORK_EXCEPTION']);

/** What Kafka's admin client throws inside its future for a failed call of this name. */
export function callFailure(error: unknown, call: string): JavaError {
  if (error instanceof BrokerError && error.lookup !== undefined) return lookupFailure(error, error.lookup, call);
  if (error instanceof BrokerError && unanswered.has(error.kafkaName)) {
    const text = timedOutCall(call, { now: Date.now(), attempts: 1 });
    return new JavaError('org.apache.kafka.common.errors.TimeoutException', text);
  }
  return clientFailure(error, call);
}

/** Runs a call; its failure is the future's, as Kafka's tool passes it on. */
export async function inFuture<T>(call: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw executionException(callFailure(error, call));
  }
}

/** Runs a call whose failure Kafka's tool wraps once more before it passes it on. */
export async function inWrappedFuture<T>(call: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw runtimeException(executionException(callFailure(error, call)));
  }
}

/** What Kafka's admin client throws where groups cannot be listed. */
export function listFailure(error: unknown): JavaError {
  const isController = error instanceof UnsupportedRequest && !error.knowsMetadata;
  const isRefused = isController || error instanceof TlsFailure || (error instanceof CliError && error.code === 'authentication');
  if (!isRefused && (!(error instanceof ConnectionError) || error.sent)) return callFailure(error, 'listGroups');
  return new JavaError(
    'org.apache.kafka.common.KafkaException',
    'Failed to find brokers to send ListGroups',
    clientFailure(error, 'findAllBrokers'),
  );
}
