import type { PartitionSelection } from '../core/topics/partition-selection.js';

/** Topics are positional words, with partitions where they end in `:P,P`, or Kafka's own `--topic`; `--partition` is for all of them. */
export interface PartitionFlags {
  readonly topic?: readonly string[];
  readonly partition?: readonly string[];
  readonly literal?: boolean;
}

/** The partitions that the words of a command line name. @throws CliError `usage` */
export async function partitionSelection(args: readonly unknown[], options: PartitionFlags): Promise<PartitionSelection> {
  const { parsePartitionList, parsePartitionSelection } = await import('../core/topics/partition-selection.js');
  const [words] = args as [readonly string[] | undefined]; // each of these commands declares [topics...] and nothing else
  const partitions = options.partition?.flatMap((text) => parsePartitionList(text, '--partition'));
  return parsePartitionSelection([...(words ?? []), ...(options.topic ?? [])], { partitions, isLiteral: options.literal });
}
