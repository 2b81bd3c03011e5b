import { brokerError, type BrokerError } from '../../client/broker-error.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import { Metadata } from '../../protocol/messages/metadata.js';
import { CliError } from '../../core/errors.js';
import type { Context } from '../context.js';

/** Whether a topic was found; if not, what the cluster said of it last, or why it could not be asked. */
export type TopicWait =
  | { readonly isFound: true }
  | {
      readonly isFound: false;
      readonly error: BrokerError | CliError | undefined;
      /** Waiting longer could have helped. */
      readonly isPassing: boolean;
    };

const firstPauseMs = 100;
const longestPauseMs = 1000;

/**
 * Waits until a topic can be written to, and has brokers create it that create topics by themselves.
 *
 * @throws CliError `aborted`
 */
export async function awaitTopic(context: Context, name: string, timeoutMs: number): Promise<TopicWait> {
  const deadline = performance.now() + timeoutMs;
  let error: BrokerError | CliError | undefined;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const left = deadline - performance.now();
    if (left <= 0) return { isFound: false, error, isPassing: true };
    try {
      const code = await ask(context, name, left);
      if (code === errorCode.NONE) return { isFound: true };
      error = brokerError(code, undefined, `cannot produce to topic '${name}'`);
      if (!kafkaError(code).retriable) return { isFound: false, error, isPassing: false };
    } catch (failure) {
      if (context.signal.aborted || !(failure instanceof CliError)) throw failure;
      error = failure;
      if (failure.code !== 'connection' && failure.code !== 'timeout') return { isFound: false, error, isPassing: false };
    }
    await sleep(Math.min(pause, Math.max(0, deadline - performance.now())), context.signal);
  }
}

async function ask(context: Context, name: string, timeoutMs: number): Promise<number> {
  const cluster = await context.connect();
  const body = { topics: [{ name }], allowAutoTopicCreation: true, includeTopicAuthorizedOperations: false };
  const { topics } = await cluster.request(Metadata, body, { timeoutMs, signal: context.signal });
  return topics[0]?.errorCode ?? errorCode.UNKNOWN_TOPIC_OR_PARTITION;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new CliError('aborted', 'interrupted'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}
