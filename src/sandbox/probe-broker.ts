import { Metadata } from '../protocol/messages/metadata.js';
import { askBroker } from './ask-broker.js';

/**
 * Asks the broker at a plain-text port of 127.0.0.1 for metadata: the sorted ids of the brokers it knows as registered and
 * unfenced, or `undefined` when it does not answer (yet).
 */
export async function probeBroker(port: number, timeoutMs = 2000): Promise<number[] | undefined> {
  try {
    const body = { topics: [], allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false };
    const { brokers } = await askBroker(port, Metadata, body, timeoutMs);
    return brokers.map(({ nodeId }) => nodeId).sort((left, right) => left - right);
  } catch {
    return undefined;
  }
}
