import { javaRegExp } from './java/java-regex.js';
import { JavaError } from './java/java-error.js';

/** Topics that Kafka keeps for itself; others that start with underscores are ordinary ones. */
const internalTopics: ReadonlySet<string> = new Set(['__consumer_offsets', '__transaction_state', '__share_group_state']);

/** Whether Kafka's tools take a topic for an internal one. */
export function isInternalTopic(name: string): boolean {
  return internalTopics.has(name);
}

/**
 * Reads a topic expression of Kafka's tools (`IncludeList`): a Java regular expression over whole names in which commas
 * separate alternatives and quotes around it are dropped.
 *
 * @throws JavaError for what is no regular expression
 */
export function parseIncludeList(text: string): (topic: string) => boolean {
  const pattern = text
    .trim()
    .replaceAll(',', '|')
    .replaceAll(' ', '')
    .replace(/^["']+/, '')
    .replace(/["']+$/, '');
  const { source, flags } = compile(pattern);
  const whole = new RegExp(`^(?:${source})$`, flags);
  // The source of an empty expression is not empty.
  return pattern === '' ? (topic) => topic === '' : (topic) => whole.test(topic);
}

function compile(pattern: string): RegExp {
  try {
    return javaRegExp(pattern);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    throw new JavaError('java.lang.RuntimeException', `${pattern} is an invalid regex.`);
  }
}
