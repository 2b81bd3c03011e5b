import { compareText } from '../compare-text.js';
import { CliError } from '../errors.js';
import type { OffsetFile } from '../offset-file/offset-file.js';
import { selectTopics, type TopicSelection } from '../topics/topic-selection.js';

/** One partition between two offset files; without `start` from the earliest record, without `stop` to the end. */
export interface WindowPartition {
  readonly topic: string;
  readonly partition: number;
  readonly start: bigint | undefined;
  /** First offset not to be read. */
  readonly stop: bigint | undefined;
}

export interface WindowFiles {
  readonly from?: OffsetFile | undefined;
  readonly to?: OffsetFile | undefined;
  /** Topics to restrict the files to; empty for all of theirs. */
  readonly topics: TopicSelection;
}

/**
 * The partitions that two offset files name, from the offsets of the one up to those of the other, sorted.
 *
 * @throws CliError `config` naming every partition whose start lies behind its stop, or that a file gives two offsets; `usage`
 * for words that pick no topic of the files
 */
export function planWindow({ from, to, topics }: WindowFiles): readonly WindowPartition[] {
  const [starts, stops] = [offsetsOf(from, '--from-offsets'), offsetsOf(to, '--to-offsets')];
  const partitions = new Map([...starts, ...stops]);
  const picked = pickTopics(new Set([...partitions.values()].map(({ topic }) => topic)), topics);
  const window = [...partitions]
    .filter(([, { topic }]) => picked.has(topic))
    .map(([name, { topic, partition }]) => ({
      topic,
      partition,
      start: starts.get(name)?.offset,
      stop: stops.get(name)?.offset,
    }))
    .sort((left, right) => compareText(left.topic, right.topic) || left.partition - right.partition);
  const problems = window.flatMap(({ topic, partition, start, stop }) => {
    if (start === undefined || stop === undefined || start <= stop) return [];
    return [`partition ${topic}-${partition}: it starts at offset ${start}, behind its stop at ${stop}`];
  });
  if (problems.length === 0) return window;
  throw new CliError('config', `the offset files are no window\n${problems.join('\n')}`, {
    hint: 'perhaps --from-offsets and --to-offsets are the wrong way round: kafkit offsets diff shows what is between them',
  });
}

interface Offset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

function offsetsOf(file: OffsetFile | undefined, flag: string): ReadonlyMap<string, Offset> {
  const offsets = new Map<string, Offset>();
  const problems = new Set<string>();
  for (const { topic, partition, offset } of file?.groups.flatMap(({ partitions }) => partitions) ?? []) {
    const name = `${topic}-${partition}`;
    const other = offsets.get(name)?.offset;
    if (offset === 'high-watermark') problems.add(`partition ${name} has no offset, only the high watermark`);
    else if (other !== undefined && other !== offset) problems.add(`partition ${name} has several offsets, one for each group`);
    else offsets.set(name, { topic, partition, offset });
  }
  for (const { topic, partition, offset } of file?.groups.flatMap(({ belowZero = [] }) => belowZero) ?? [])
    problems.add(`partition ${topic}-${partition} has no offset, only a commit below zero (${offset})`);
  if (problems.size === 0) return offsets;
  throw new CliError('config', `${flag}: the file says no single offset\n${[...problems].join('\n')}`);
}

function pickTopics(names: ReadonlySet<string>, selection: TopicSelection): ReadonlySet<string> {
  const topics = [...names].map((name) => ({ name, internal: false }));
  const { topics: picked, missing, unmatched } = selectTopics(topics, selection, true);
  const [absent] = [...missing, ...unmatched];
  if (absent === undefined) return new Set(picked.map(({ name }) => name));
  throw new CliError('usage', `no offset file names topic '${absent}'`, { hint: 'leave the topic out to read all that they name' });
}
