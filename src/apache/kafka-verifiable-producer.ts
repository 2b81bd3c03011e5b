import { producerParser } from './kafka-verifiable-producer/parser.js';
import type { Tool } from './tool.js';
import { runParsed } from './verifiable/run-parsed.js';

/** `kafka-verifiable-producer`. */
export const kafkaVerifiableProducer: Tool = (run) =>
  runParsed(run, producerParser, async (parsed) => {
    const { produceVerifiably } = await import('./kafka-verifiable-producer/produce.js');
    return produceVerifiably(run, parsed);
  });
