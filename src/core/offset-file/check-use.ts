import { CliError } from '../errors.js';
import type { BelowZero, OffsetEntry } from './offset-file.js';

/** Offsets that are about to be used, with what is known of where they were taken. */
export interface TakenOffsets {
  readonly clusterId: string | undefined;
  readonly entries: readonly Pick<OffsetEntry, 'topic' | 'topicId'>[];
  readonly belowZero: readonly BelowZero[];
}

/** Where they are to be used. */
export interface UsePlace {
  readonly clusterId: string | undefined;
  /** Id of a topic as it is now; undefined where it is not known, or the topic is not there. */
  readonly topicId: (topic: string) => string | undefined;
}

/** What to do about such problems. */
export const foreignHint = 'see what the file means on this cluster: kafkit offsets show FILE; --force uses it all the same';

/** Why offsets may not mean the records that they meant where they were taken; empty where nothing speaks against them. */
export function useProblems({ clusterId, entries, belowZero }: TakenOffsets, here: UsePlace): string[] {
  const problems: string[] = [];
  const isAnother = ({ topic, topicId }: TakenOffsets['entries'][number]): boolean => {
    const now = here.topicId(topic);
    return topicId !== undefined && now !== undefined && topicId !== now;
  };
  if (clusterId !== undefined && here.clusterId !== undefined && clusterId !== here.clusterId) {
    problems.push(`the file is of cluster ${clusterId}, this is ${here.clusterId}`);
  } else {
    for (const topic of new Set(entries.filter(isAnother).map((entry) => entry.topic)))
      problems.push(`topic '${topic}' was created anew since the file was written, so its offsets are others now`);
  }
  for (const { topic, partition, offset } of belowZero) {
    problems.push(`the commit of ${topic}-${partition} was below zero (${offset}), which is no place in a log`);
  }
  return problems;
}

/**
 * Stops what must not go on with offsets of something else; with `force` it is only said.
 *
 * @param nothing what was not done, such as `nothing was changed`
 * @throws CliError `input` with every problem
 */
export function refuseUse(
  problems: readonly string[],
  { force, nothing, warn }: { readonly force: boolean; readonly nothing: string; readonly warn: (message: string) => void },
): void {
  if (problems.length === 0) return;
  if (force) return problems.forEach((problem) => warn(problem));
  throw new CliError('input', [nothing, ...problems].join('\n'), {
    hint: foreignHint,
  });
}
