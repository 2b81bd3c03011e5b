import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolNames } from '../../src/apache/main.js';
import type { Kafka } from '../../src/sandbox/locate-kafka.js';
import { isolatedEnv } from '../e2e/fixture/run-kafkit.js';
import { kafkaClasses } from './kafka-classes.js';
import type { Command } from './run-case.js';

const bin = process.env['KAFKIT_TEST_BIN'] ?? fileURLToPath(new URL('../../bin/', import.meta.url));

/** One of our drop-in names, as it was built. */
export function ourCommand(tool: string): Command {
  return { file: process.execPath, args: [join(bin, tool)], env: isolatedEnv('/nonexistent') };
}

/** Kafka's own tool of that name, silent where it would only log. */
export function kafkaCommand(kafka: Kafka, tool: string): Command {
  const mainClass = kafkaClasses[tool];
  if (mainClass === undefined) throw new Error(`no class is known for ${tool}`);
  const quick = ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Dorg.apache.logging.log4j.level=OFF'];
  const args = [...quick, '-cp', join(kafka.libs, '*'), mainClass];
  return { file: kafka.java.path, args, env: { ...process.env, TZ: 'UTC' } };
}

/** Ours where we have a tool of that name: it starts ten times as fast. */
export function setupCommand(kafka: Kafka, tool: string): Command {
  return toolNames.includes(tool) ? ourCommand(tool) : kafkaCommand(kafka, tool);
}
