import type { TopicPartition } from '../../protocol/message.js';
import { parseIncludeList } from '../include-list.js';
import type { OptionSet } from '../jopt/option-set.js';
import { JavaError } from '../java/java-error.js';
import { parseJavaInt } from '../java/parse-int.js';
import { runtimeException } from '../java/runtime-exception.js';
import { terseError } from '../java/terse-error.js';

/** Which partitions are asked for. */
export type PartitionFilter = (place: TopicPartition) => boolean;

/**
 * The filter of a command line: `--topic-partitions`, or `--topic` and `--partitions`.
 *
 * @throws JavaError where they stand together, and for what cannot be read
 */
export function parsePartitionFilter(options: OptionSet): PartitionFilter {
  const rules = options.text('topic-partitions');
  if (rules !== undefined) return anyOf(javaSplit(rules).map(parseRule));
  const isTopic = parseIncludeList(options.text('topic') ?? '.*');
  const partitions = parseIds(options.text('partitions'));
  return ({ topic, partition }) => isTopic(topic) && (partitions.size === 0 || partitions.has(partition));
}

function parseIds(text: string | undefined): ReadonlySet<number> {
  if (text === undefined || text === '') return new Set();
  try {
    return new Set(javaSplit(text).map(parseJavaInt));
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    throw terseError(`--partitions expects a comma separated list of numeric partition ids, but received: ${text}`);
  }
}

function anyOf(rules: readonly PartitionFilter[]): PartitionFilter {
  return (place) => rules.some((rule) => rule(place));
}

const rulePattern = /^([^:,]*)(?::(?:([0-9]*)|([0-9]*)-([0-9]*)))?$/;

/** One rule: `topic`, `topic:3`, `topic:1-4`, `topic:2-`, `topic:-3`; the end of a range is not in it. */
function parseRule(rule: string): PartitionFilter {
  const match = rulePattern.exec(rule);
  if (match === null) throw runtimeException(terseError(`Invalid rule specification: ${rule}`));
  const [, expression = '', exact = '', from = '', to = ''] = match;
  const isTopic = parseIncludeList(expression === '' ? '.*' : expression);
  const only = exact === '' ? undefined : parseJavaInt(exact);
  const first = from === '' ? 0 : parseJavaInt(from);
  const end = to === '' ? Infinity : parseJavaInt(to);
  return ({ topic, partition }) =>
    isTopic(topic) && (only === undefined ? partition >= first && partition < end : partition === only);
}

/** Java's `split`: empty parts at the end are dropped, an empty text is one part. */
function javaSplit(text: string): string[] {
  if (text === '') return [''];
  const parts = text.split(',');
  while (parts.at(-1) === '') parts.pop();
  return parts;
}
