import { consumerParser } from './kafka-verifiable-consumer/parser.js';
import type { Tool } from './tool.js';
import { runParsed } from './verifiable/run-parsed.js';

/** `kafka-verifiable-consumer`. */
export const kafkaVerifiableConsumer: Tool = (run) =>
  runParsed(run, consumerParser, async (parsed) => {
    const { consumeVerifiably } = await import('./kafka-verifiable-consumer/consume.js');
    return consumeVerifiably(run, parsed);
  });
