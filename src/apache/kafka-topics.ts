import type { Tool } from './tool.js';

/** `kafka-topics`. */
export const kafkaTopics: Tool = () => Promise.resolve({ exit: 1 });
