import { CliError } from '../../core/errors.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import { Metadata } from '../../protocol/messages/metadata.js';
import { brokerError, type BrokerError } from '../broker-error.js';
import type { Cluster } from '../cluster.js';
import { pause } from '../pause.js';

/** Whether a topic was found; if not, what the cluster said of it last, or why it could not be asked. */
export type TopicWait =
  | { readonly isFound: true }
  | {
      readonly isFound: false;
      readonly error: BrokerError | CliError | undefined;
      /** Waiting longer could have helped. */
      readonly isPassing: boolean;
    };

export interface AwaitWritableTopicOptions {
  readonly timeoutMs: number;
  /** Pauses between questions double from a tenth of a second up to this. */
  readonly longestPauseMs: number;
  readonly signal: AbortSignal;
}

const firstPauseMs = 100;

/**
 * Waits until a topic can be written to, and has brokers create it that create topics by themselves. `connect` is part of the wait,
 * since the cluster may be out of reach at first.
 *
 * @throws CliError `aborted`
 */
export async function awaitWritableTopic(
  connect: () => Promise<Cluster>,
  name: string,
  { timeoutMs, longestPauseMs, signal }: AwaitWritableTopicOptions,
): Promise<TopicWait> {
  const deadline = performance.now() + timeoutMs;
  let error: BrokerError | CliError | undefined;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const left = deadline - performance.now();
    if (left <= 0) return { isFound: false, error, isPassing: true };
    try {
      const code = await ask(await connect(), name, { timeoutMs: left, signal });
      if (code === errorCode.NONE) return { isFound: true };
      error = brokerError(code, undefined, `cannot produce to topic '${name}'`);
      if (!kafkaError(code).retriable) return { isFound: false, error, isPassing: false };
    } catch (failure) {
      if (signal.aborted || !(failure instanceof CliError)) throw failure;
      error = failure;
      if (failure.code !== 'connection' && failure.code !== 'timeout') return { isFound: false, error, isPassing: false };
    }
    await pause(Math.min(pauseMs, deadline - performance.now()), signal);
  }
}

async function ask(cluster: Cluster, name: string, options: { timeoutMs: number; signal: AbortSignal }): Promise<number> {
  const body = { topics: [{ name }], allowAutoTopicCreation: true, includeTopicAuthorizedOperations: false };
  const { topics } = await cluster.request(Metadata, body, options);
  return topics[0]?.errorCode ?? errorCode.UNKNOWN_TOPIC_OR_PARTITION;
}
