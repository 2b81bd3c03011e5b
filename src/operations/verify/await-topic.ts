import { brokerError } from '../../client/broker-error.js';
import { CliError } from '../../core/errors.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import { Metadata } from '../../protocol/messages/metadata.js';
import type { Context } from '../context.js';
import { pause } from './pause.js';

const pauseMs = 100;

/**
 * Waits until a topic can be written to, and lets brokers create it that do so by themselves.
 *
 * @returns undefined once it is there; `late` when it was not found in time; else why it cannot be had
 */
export async function awaitTopic(context: Context, name: string, timeoutMs: number): Promise<undefined | 'late' | CliError> {
  const deadline = performance.now() + timeoutMs;
  const body = { topics: [{ name }], allowAutoTopicCreation: true, includeTopicAuthorizedOperations: false };
  for (;;) {
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return 'late';
    try {
      const cluster = await context.connect();
      const { topics } = await cluster.request(Metadata, body, { timeoutMs: leftMs });
      const code = topics[0]?.errorCode ?? errorCode.UNKNOWN_TOPIC_OR_PARTITION;
      if (code === errorCode.NONE) return undefined;
      if (!kafkaError(code).retriable) return brokerError(code, undefined, `cannot produce to topic '${name}'`);
    } catch (error) {
      if (context.signal.aborted || !(error instanceof CliError)) throw error;
      if (error.code !== 'connection' && error.code !== 'timeout') return error;
    }
    await pause(Math.min(pauseMs, deadline - performance.now()), context.signal);
  }
}
