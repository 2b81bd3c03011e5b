import { MechanismRefused } from '../../client/authentication-refused.js';
import { BrokerError } from '../../client/broker-error.js';
import { ConnectionError, TlsFailure } from '../../client/connection-error.js';
import { UnsupportedRequest } from '../../client/unsupported-request.js';
import { CliError } from '../../core/errors.js';
import { JavaError, toJavaError } from './java-error.js';
import { sslFailure } from './ssl-failure.js';

const errors = 'org.apache.kafka.common.errors.';

/**
 * What Kafka's client throws for a failed call, `call` being its name there (`listTopics`): brokers out of reach are a time-out
 * whose text names the call.
 */
export function clientFailure(error: unknown, call: string): JavaError {
  if (error instanceof BrokerError || !(error instanceof CliError)) return toJavaError(error);
  if (error instanceof ConnectionError) return new JavaError(`${errors}TimeoutException`, timeoutText(error, call), causeOf(error));
  if (error instanceof TlsFailure) return sslFailure(error);
  if (error.code === 'authentication') return authenticationFailure(error);
  if (error instanceof UnsupportedRequest) return new JavaError(`${errors}UnsupportedVersionException`, unsupportedText(error));
  if (error.code === 'unsupported') return new JavaError(`${errors}UnsupportedVersionException`, error.message);
  if (error.code === 'timeout') return new JavaError(`${errors}TimeoutException`, error.message);
  return toJavaError(error);
}

function authenticationFailure({ message, cause }: CliError): JavaError {
  const name = cause instanceof MechanismRefused ? 'UnsupportedSaslMechanismException' : 'SaslAuthenticationException';
  return new JavaError(errors + name, cause instanceof Error ? cause.message : message);
}

/** Kafka's clients find out at their first request, which asks for metadata, where they came to a controller. */
function unsupportedText({ request, ours, theirs, knowsMetadata }: UnsupportedRequest): string {
  if (!knowsMetadata) return 'The node does not support METADATA';
  const name = request.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  if (theirs === undefined) return `The node does not support ${name}`;
  const ranges = [ours, theirs].map(({ min, max }) => `[${min},${max}]`);
  return `The node does not support ${name} with version in range ${ranges[0]}. The supported range is ${ranges[1]}.`;
}

function timeoutText(error: ConnectionError, call: string): string {
  if (!error.sent) return `Timed out waiting for a node assignment. Call: ${call}`;
  return timedOutCall(call, { now: Date.now(), attempts: 1 });
}

/** Text for a call that was made, again and again where `attempts` says so, until its time was over; `now` in milliseconds. */
export function timedOutCall(call: string, { now, attempts }: { now: number; attempts: number }): string {
  const fields = `callName=${call}, deadlineMs=${now}, tries=${attempts}, nextAllowedTryMs=${now}`;
  return `Call(${fields}) timed out at ${now} after ${attempts} attempt(s)`;
}

/** A connection that broke under the call is the cause; an answer that did not come has none. */
function causeOf({ code, sent }: ConnectionError): JavaError | undefined {
  return sent && code === 'connection' ? new JavaError(`${errors}DisconnectException`, '') : undefined;
}
